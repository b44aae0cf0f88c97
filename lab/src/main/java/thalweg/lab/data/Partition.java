package thalweg.lab.data;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import thalweg.lab.BadInput;

/**
 * Which rows train, which validate and which test; each part rising, no row in two of them.
 *
 * <p>Equal seeds give equal partitions on every machine. The validation rows of a seed do not
 * depend on the share of test rows.
 */
@SuppressWarnings("ArrayRecordComponent") // row numbers of large tables, never compared
record Partition(int[] train, int[] validation, int[] test) {
  private static final byte VALIDATES = 1;
  private static final byte TESTS = 2;

  /** Divides rows at random. */
  static Partition of(int rows, Shares shares, long seed) {
    byte[] part = new byte[rows];
    mark(rows(rows, _ -> true), shares, new Random(seed), part);
    return of(part);
  }

  /** Divides each class by itself (stratified): at least one row of it trains, one validates. */
  static Partition ofClasses(int[] labels, int classes, Shares shares, long seed) {
    byte[] part = new byte[labels.length];
    Random random = new Random(seed);
    for (int c = 0; c < classes; c++) {
      int label = c;
      mark(rows(labels.length, row -> labels[row] == label), shares, random, part);
    }
    return of(part);
  }

  /** Divides by what is to be predicted. */
  static Partition of(Target target, Shares shares, long seed) {
    return switch (target) {
      case Target.Classes(_, int[] labels, var classes) ->
          ofClasses(labels, classes.size(), shares, seed);
      case Target.Numbers(_, double[] values) -> of(values.length, shares, seed);
    };
  }

  private static Partition of(byte[] part) {
    Partition partition =
        new Partition(
            rows(part.length, row -> part[row] == 0),
            rows(part.length, row -> part[row] == VALIDATES),
            rows(part.length, row -> part[row] == TESTS));
    if (partition.train.length == 0 || partition.validation.length == 0) {
      throw new BadInput(
          "%d rows divide into %d to train and %d to validate; both parts need some: add rows or use another share"
              .formatted(part.length, partition.train.length, partition.validation.length));
    }
    return partition;
  }

  /** At most so many rows of each part, chosen by seed; 0 for all. */
  Partition limited(int most, long seed) {
    return most == 0
        ? this
        : new Partition(
            sample(train, most, new Random(seed)),
            sample(validation, most, new Random(seed + 1)),
            sample(test, most, new Random(seed + 2)));
  }

  /** So many of the first rows of a table, chosen by seed; rising. */
  static int[] sample(int rows, int most, long seed) {
    return sample(rows(rows, _ -> true), most, new Random(seed));
  }

  private static int[] sample(int[] rows, int most, Random random) {
    if (rows.length <= most) {
      return rows;
    }
    int[] shuffled = rows.clone();
    shuffle(shuffled, random);
    int[] chosen = Arrays.copyOf(shuffled, most);
    Arrays.sort(chosen);
    return chosen;
  }

  /** Marks a random share of the rows: at least one validates, and never all of two or more. */
  private static void mark(int[] rows, Shares shares, Random random, byte[] part) {
    shuffle(rows, random);
    int validation =
        Math.min(Math.max(1, (int) Math.round(rows.length * shares.validation())), rows.length - 1);
    for (int i = 0; i < validation; i++) {
      part[rows[i]] = VALIDATES;
    }
    int left = rows.length - 1 - Math.max(0, validation);
    int test = Math.min((int) Math.round(rows.length * shares.test()), left);
    for (int i = 0; i < test; i++) {
      part[rows[validation + i]] = TESTS;
    }
  }

  private static void shuffle(int[] rows, Random random) {
    for (int i = rows.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = rows[i];
      rows[i] = rows[j];
      rows[j] = swapped;
    }
  }

  private static int[] rows(int count, IntPredicate wanted) {
    return IntStream.range(0, count).filter(wanted).toArray();
  }
}
