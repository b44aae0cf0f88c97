package thalweg.parity;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Gradients from a seed: the same element gets the same gradient at the same step, always. */
enum Gradients {
  /**
   * Finite: steps of zeros, spikes, whispers, subnormals, zeros of both signs, rare coordinates.
   */
  TAME,
  /** As tame, but nothing so small that its square or its share in a mean underflows float32. */
  AUDIBLE,
  /** As tame, and from step 10 on some elements are NaN or infinite. */
  WILD;

  /** The gradient of one step (1 is the first). */
  void fill(float[] gradient, long seed, int step) {
    RandomGenerator random = random(seed * 1_000_003 + step);
    boolean still = step % 7 == 2;
    float size = step % 9 == 5 ? 50 : step % 5 == 4 ? 1e-4f : 1;
    for (int i = 0; i < gradient.length; i++) {
      float g = (float) (random.nextGaussian() * size);
      int kind = random.nextInt(40);
      if (this == AUDIBLE && kind > 1) {
        kind = 40; // g as it is
      }
      boolean rare = i % 11 == 3 && step % 6 != 1;
      gradient[i] =
          still || rare
              ? 0
              : switch (kind) {
                case 0 -> -0.0f;
                case 1 -> 0;
                case 2 -> g * 1e-38f;
                case 3 -> Float.MIN_VALUE;
                case 4 -> g * 1e-20f;
                default -> g;
              };
      if (this == WILD && step >= 10 && i % 13 == 5) {
        gradient[i] =
            switch (kind % 4) {
              case 0 -> Float.NaN;
              case 1 -> Float.POSITIVE_INFINITY;
              case 2 -> Float.NEGATIVE_INFINITY;
              default -> g;
            };
      }
    }
  }

  /** Start values of a parameter, none of them zero. */
  static float[] start(int length, long seed) {
    RandomGenerator random = random(seed);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      float value = (float) random.nextGaussian();
      values[i] = value == 0 ? 1 : value;
    }
    return values;
  }

  private static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }
}
