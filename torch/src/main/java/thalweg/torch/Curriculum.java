package thalweg.torch;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Easy samples first: an epoch draws from the easiest share of them only, and that share, the
 * competence, grows by the square root of the epochs past until it is all (E. A. Platanios et al.,
 * Competence-based Curriculum Learning for Neural Machine Translation, NAACL 2019, equation 7).
 *
 * <p>Every epoch has as many samples as there are, so early ones see the easy ones several times:
 * the easiest share in one shuffled order after another. From full competence on, an epoch sees
 * each sample exactly once.
 *
 * <p>Differs from the paper: competence grows from epoch to epoch, not from step to step, so that
 * an order is a function of seed and epoch only.
 *
 * @param easyFirst all rows, the easiest first
 * @param start share of the first epoch, in (0, 1]
 * @param epochs the first epoch that sees all, at least 1
 */
@SuppressWarnings("ArrayRecordComponent") // row numbers, never compared
public record Curriculum(int[] easyFirst, double start, int epochs) {
  public Curriculum {
    if (!(start > 0 && start <= 1)) {
      throw new IllegalArgumentException("Curriculum.start must be in (0, 1], got " + start);
    }
    if (epochs < 1) {
      throw new IllegalArgumentException("Curriculum.epochs must be >= 1, got " + epochs);
    }
    boolean[] seen = new boolean[easyFirst.length];
    for (int row : easyFirst) {
      if (row < 0 || row >= seen.length || seen[row]) {
        throw new IllegalArgumentException(
            "Curriculum.easyFirst must name each of %d rows once, got row %d"
                .formatted(seen.length, row));
      }
      seen[row] = true;
    }
  }

  /**
   * By a score of each row, the lowest first, equal ones in the table's order.
   *
   * @param difficulty one a row, no NaN
   */
  public static Curriculum of(double[] difficulty, double start, int epochs) {
    if (Arrays.stream(difficulty).anyMatch(Double::isNaN)) {
      throw new IllegalArgumentException("Curriculum.difficulty has a NaN; give every row a score");
    }
    return new Curriculum(
        IntStream.range(0, difficulty.length)
            .boxed()
            .sorted(Comparator.comparingDouble(row -> difficulty[row]))
            .mapToInt(row -> row)
            .toArray(),
        start,
        epochs);
  }

  /** What tells it from another, as {@code 0.2:5:1c291ca3}: start, epochs, a hash of the order. */
  String text() {
    return "%s:%d:%08x".formatted(start, epochs, Arrays.hashCode(easyFirst));
  }

  /** The share of the samples that an epoch, counted from 1, draws from. */
  public double competence(int epoch) {
    if (epoch >= epochs) {
      return 1;
    }
    double past = (epoch - 1.0) / (epochs - 1.0);
    return Math.min(1, Math.sqrt(past * (1 - start * start) + start * start));
  }

  /** The rows of an epoch, as many as there are: a function of seed and epoch only. */
  public int[] order(long seed, int epoch) {
    int all = easyFirst.length;
    int easy = Math.max(1, (int) Math.ceil(competence(epoch) * all));
    int[] order = new int[all];
    for (int filled = 0, round = 0; filled < all; filled += easy, round++) {
      int[] drawn = Order.shuffled(easy, seed + round, epoch);
      for (int i = 0; i < Math.min(easy, all - filled); i++) {
        order[filled + i] = easyFirst[drawn[i]];
      }
    }
    return order;
  }
}
