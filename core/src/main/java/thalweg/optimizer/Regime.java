package thalweg.optimizer;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * How much of the data one update sees: all of it, some of it, one term, or one that is still
 * wrong. A setting of the feed, not another optimizer; it goes with any rule.
 *
 * <p>Seeded, so that two runs see the same terms in the same order, and one that goes on {@link
 * #from} the place where another stopped sees what that one would have seen. Used by one thread at
 * a time.
 */
public final class Regime {
  private final Kind kind;
  private final int size;
  private final long seed;
  private long drawn;
  private long epoch;
  private int[] order = {};
  private int next;

  private enum Kind {
    FULL,
    MINI_BATCH,
    ONE,
    MISCLASSIFIED
  }

  private Regime(Kind kind, int size, long seed) {
    this.kind = kind;
    this.size = size;
    this.seed = seed;
  }

  /** Batch gradient descent: every update sees all terms. */
  public static Regime full() {
    return new Regime(Kind.FULL, 0, 0);
  }

  /**
   * Mini-batches: {@code size} terms an update, all terms once an epoch in an order drawn for each;
   * the last of an epoch may be smaller.
   */
  public static Regime miniBatch(int size, long seed) {
    if (size < 1) {
      throw new IllegalArgumentException("a mini-batch has at least 1 term, got " + size);
    }
    return new Regime(Kind.MINI_BATCH, size, seed);
  }

  /**
   * Stochastic gradient descent: one term an update, drawn anew each time (Robbins, Monro 1951).
   */
  public static Regime oneTerm(long seed) {
    return new Regime(Kind.ONE, 1, seed);
  }

  /**
   * The perceptron's rule: one term an update, drawn from those that are still wrong (Rosenblatt
   * 1958).
   */
  public static Regime misclassified(long seed) {
    return new Regime(Kind.MISCLASSIFIED, 1, seed);
  }

  /**
   * Where it stands, as four whole numbers: what a checkpoint keeps of it. They are the draws so
   * far, the epochs begun, and of the epoch the terms and how many of them were seen.
   */
  public List<Long> place() {
    return List.of(drawn, epoch, (long) order.length, (long) next);
  }

  /** Goes on from a {@link #place}. */
  public Regime from(List<? extends Number> place) {
    List<Long> numbers = place.stream().map(Number::longValue).toList();
    if (numbers.size() != 4
        || numbers.stream().anyMatch(number -> number < 0)
        || numbers.get(2) > Integer.MAX_VALUE
        || numbers.get(3) > numbers.get(2)) {
      throw new IllegalArgumentException("%s is no place of a regime".formatted(place));
    }
    drawn = numbers.get(0);
    epoch = numbers.get(1);
    order = shuffled(numbers.get(2).intValue(), epoch);
    next = numbers.get(3).intValue();
    return this;
  }

  /** The terms of the next update; none if none is wrong any more. */
  public int[] next(FiniteSum sum) {
    int terms = sum.size();
    if (terms < 1) {
      throw new IllegalArgumentException("a sum of no terms has no gradient");
    }
    long draw = drawn++;
    return switch (kind) {
      case FULL -> all(terms);
      case ONE -> new int[] {random(draw).nextInt(terms)};
      case MISCLASSIFIED -> {
        int[] wrong = IntStream.range(0, terms).filter(sum::isWrong).toArray();
        yield wrong.length == 0 ? wrong : new int[] {wrong[random(draw).nextInt(wrong.length)]};
      }
      case MINI_BATCH -> {
        if (size > terms) {
          throw new IllegalArgumentException(
              "a mini-batch of %d is larger than the data, which has %d terms"
                  .formatted(size, terms));
        }
        if (order.length != terms || next >= terms) {
          order = shuffled(terms, ++epoch);
          next = 0;
        }
        int from = next;
        next = Math.min(from + size, terms);
        yield Arrays.copyOfRange(order, from, next);
      }
    };
  }

  /**
   * One update.
   *
   * @return the mean loss over the terms it saw, before the update; 0 without an update if there
   *     were none
   */
  public double update(Optimizer optimizer, FiniteSum sum) {
    int[] terms = next(sum);
    return terms.length == 0 ? 0 : optimizer.step(sum, terms);
  }

  private static int[] all(int terms) {
    return IntStream.range(0, terms).toArray();
  }

  /** Numbers of one draw or epoch, which need none of those before. */
  private SplittableRandom random(long place) {
    return new SplittableRandom(new SplittableRandom(seed).nextLong() + place);
  }

  private int[] shuffled(int terms, long ofEpoch) {
    SplittableRandom random = random(ofEpoch);
    int[] shuffled = all(terms);
    for (int i = terms - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = shuffled[i];
      shuffled[i] = shuffled[j];
      shuffled[j] = swapped;
    }
    return shuffled;
  }
}
