package thalweg.torch;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Hands out samples batch by batch, every sample exactly once an epoch unless a curriculum says
 * otherwise.
 *
 * <p>The order is a function of seed and epoch only (see {@link #order}). One pair of tensors is
 * written again for every batch, and a second pair for the smaller last one, so memory stays flat
 * whatever the number of steps. One epoch at a time, by one thread.
 */
public final class Feed implements AutoCloseable {
  private final Samples samples;
  private final Batching batching;
  private final long seed;
  private final @Nullable Curriculum curriculum;
  private final int size;
  private final BatchTensors whole;
  private final BatchTensors last;

  /**
   * A feed of its own tensors; close it.
   *
   * @param samples at least one
   * @param seed of the order of every epoch
   */
  public Feed(Samples samples, Batching batching, long seed) {
    this(samples, batching, seed, null);
  }

  /**
   * As above, in the order of a curriculum.
   *
   * @param curriculum of as many rows; null for none, and none with full batches
   */
  public Feed(Samples samples, Batching batching, long seed, @Nullable Curriculum curriculum) {
    if (samples.rows() == 0) {
      throw new IllegalArgumentException("a feed needs at least one sample, got none");
    }
    if (curriculum != null && curriculum.easyFirst().length != samples.rows()) {
      throw new IllegalArgumentException(
          "the curriculum orders %d rows, the samples have %d"
              .formatted(curriculum.easyFirst().length, samples.rows()));
    }
    if (curriculum != null && batching instanceof Batching.Full) {
      throw new IllegalArgumentException(
          "a curriculum orders batches, and a full batch sees all at once; use mini:SIZE");
    }
    Libtorch.load();
    this.samples = samples;
    this.batching = batching;
    this.seed = seed;
    this.curriculum = curriculum;
    this.size = batching.size(samples.rows());
    this.whole = new BatchTensors(samples, size);
    int remainder = samples.rows() % size;
    this.last = remainder == 0 ? whole : new BatchTensors(samples, remainder);
  }

  public Samples samples() {
    return samples;
  }

  public Batching batching() {
    return batching;
  }

  public long seed() {
    return seed;
  }

  @Nullable Curriculum curriculum() {
    return curriculum;
  }

  /** Batches an epoch, the smaller last one counted. */
  public int steps() {
    return Math.ceilDiv(samples.rows(), size);
  }

  /** Whether the last batch of an epoch has one row. */
  boolean endsWithOne() {
    return rows(steps() - 1, 1) == 1;
  }

  /** Samples in so many batches of an epoch after the first so many. */
  int rows(int seen, int batches) {
    long end = Math.min(samples.rows(), ((long) seen + batches) * size);
    return (int) (end - Math.min(samples.rows(), (long) seen * size));
  }

  /**
   * The rows in the order of an epoch: the table's own for full batches, else shuffled, or as the
   * curriculum has them.
   */
  public int[] order(int epoch) {
    if (curriculum != null) {
      return curriculum.order(seed, epoch);
    }
    return switch (batching) {
      case Batching.Full() -> Order.natural(samples.rows());
      case Batching.Mini _, Batching.One _ -> Order.shuffled(samples.rows(), seed, epoch);
    };
  }

  /** The batches of one epoch. Each is overwritten when the next is asked for. */
  public Iterable<Batch> epoch(int epoch) {
    return epoch(epoch, 0);
  }

  /** The batches of one epoch without the first so many: for a run that goes on. */
  public Iterable<Batch> epoch(int epoch, int seen) {
    if (seen < 0 || seen > steps()) {
      throw new IllegalArgumentException(
          "%d batches of an epoch of %d cannot have been seen".formatted(seen, steps()));
    }
    int[] order = order(epoch);
    return () -> new Epoch(epoch, order, Math.min(order.length, seen * size));
  }

  /** All samples in the table's order, in batches of the feed's size: for evaluation. */
  Iterable<Batch> inTableOrder() {
    int[] order = Order.natural(samples.rows());
    return () -> new Epoch(0, order, 0);
  }

  /** Frees the tensors; batches handed out are dead then. */
  @Override
  public void close() {
    whole.close();
    if (last != whole) {
      last.close();
    }
  }

  private final class Epoch implements Iterator<Batch> {
    private final int epoch;
    private final int[] order;
    private int next;

    Epoch(int epoch, int[] order, int next) {
      this.epoch = epoch;
      this.order = order;
      this.next = next;
    }

    @Override
    public boolean hasNext() {
      return next < order.length;
    }

    @Override
    public Batch next() {
      if (!hasNext()) {
        throw new NoSuchElementException("the epoch is over");
      }
      int rows = Math.min(size, order.length - next);
      Batch batch = (rows == size ? whole : last).write(samples, epoch, order, next);
      next += rows;
      return batch;
    }
  }
}
