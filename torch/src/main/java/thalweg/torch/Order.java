package thalweg.torch;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Seeded orders of samples.
 *
 * <p>Fisher–Yates, from the last place down, with {@code L64X128MixRandom} created from one number
 * mixed of the seed and a round (SplitMix64's finalizer): each round's order can be had without the
 * rounds before it, so a resumed run sees the batches an uninterrupted one would have.
 */
final class Order {
  private Order() {}

  /** 0, 1, 2, … */
  static int[] natural(int count) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      order[i] = i;
    }
    return order;
  }

  /** A permutation of 0 … count - 1, a function of seed and round only. */
  static int[] shuffled(int count, long seed, int round) {
    RandomGenerator random =
        RandomGeneratorFactory.of("L64X128MixRandom").create(mix(mix(seed) + round));
    int[] order = natural(count);
    for (int i = count - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }

  /** Random numbers of one row in one round: a function of seed, row and round only. */
  static RandomGenerator random(long seed, int row, int round) {
    return new SplittableRandom(mix(mix(mix(seed) + row) + round));
  }

  private static long mix(long z) {
    long mixed = z + 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
