package thalweg.optimizer;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * How much of the data one update sees: all of it, some of it, one term, or one that is still
 * wrong. A setting of the feed, not another optimizer; it goes with any rule.
 *
 * <p>Seeded, so that two runs see the same terms in the same order. Used by one thread at a time.
 */
public final class Regime {
  private final Kind kind;
  private final int size;
  private final Random random;
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
    this.random = new Random(seed);
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

  /** The terms of the next update; none if none is wrong any more. */
  public int[] next(FiniteSum sum) {
    int terms = sum.size();
    if (terms < 1) {
      throw new IllegalArgumentException("a sum of no terms has no gradient");
    }
    return switch (kind) {
      case FULL -> all(terms);
      case ONE -> new int[] {random.nextInt(terms)};
      case MISCLASSIFIED -> {
        int[] wrong = IntStream.range(0, terms).filter(sum::isWrong).toArray();
        yield wrong.length == 0 ? wrong : new int[] {wrong[random.nextInt(wrong.length)]};
      }
      case MINI_BATCH -> {
        if (size > terms) {
          throw new IllegalArgumentException(
              "a mini-batch of %d is larger than the data, which has %d terms"
                  .formatted(size, terms));
        }
        if (order.length != terms || next >= terms) {
          shuffle(terms);
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

  private void shuffle(int terms) {
    order = all(terms);
    for (int i = terms - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    next = 0;
  }
}
