package thalweg.parity;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Gradients of a long training, from a seed: each element has a size of its own and a mean of about
 * a third of it, and noise of that size on top.
 */
final class GradientStream {
  /** How they go on. */
  enum Kind {
    /** The same mean for ever. */
    STEADY,
    /** Each element's mean swings, at one of seven speeds. */
    OSCILLATING,
    /** Ten times as large at the start, a tenth at the end. */
    DECAYING,
    /** One in fifty is not zero. */
    RARE
  }

  private final Kind kind;
  private final RandomGenerator random;
  private final double[] sizes;
  private final double[] means;
  private int step;

  /**
   * @param spread of the logarithms of the sizes: 1/2 is a factor of 1.6, 2 one of 7.4
   */
  GradientStream(Kind kind, double spread, int length, long seed) {
    this.kind = kind;
    random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    sizes = new double[length];
    means = new double[length];
    for (int i = 0; i < length; i++) {
      sizes[i] = StrictMath.exp(spread * random.nextGaussian());
      means[i] = 0.3 * sizes[i] * random.nextGaussian();
    }
  }

  /** The gradient of the next step. */
  void next(float[] gradient) {
    step++;
    double size = kind == Kind.DECAYING ? 10 * StrictMath.exp(-step / 300.0) + 0.1 : 1;
    for (int i = 0; i < gradient.length; i++) {
      double mean =
          kind == Kind.OSCILLATING ? means[i] * StrictMath.cos(step / 200.0 * (i % 7)) : means[i];
      double g = mean + sizes[i] * random.nextGaussian();
      boolean none = kind == Kind.RARE && random.nextInt(50) != 0;
      gradient[i] = none ? 0 : (float) (size * g);
    }
  }
}
