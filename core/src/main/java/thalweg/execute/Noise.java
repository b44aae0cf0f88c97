package thalweg.execute;

import thalweg.memory.Buffer;

/**
 * Standard normal numbers that are a function of the seed, the stream, the parameter's name, t and
 * the element: the same for every backend, thread and machine, and after every resume.
 *
 * <p>A mixed counter gives 53 bits; the inverse of the normal distribution makes them normal
 * (Wichura 1988, Algorithm AS 241, PPND16).
 */
final class Noise {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private static final double[] A = {
    3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3,
    1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4,
    3.3430575583588128105e4, 2.5090809287301226727e3
  };
  private static final double[] B = {
    1.0, 4.2313330701600911252e1, 6.8718700749205790830e2,
    5.3941960214247511077e3, 2.1213794301586595867e4, 3.9307895800092710610e4,
    2.8729085735721942674e4, 5.2264952788528545610e3
  };
  private static final double[] C = {
    1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0,
    3.64784832476320460504e0, 1.27045825245236838258e0, 2.41780725177450611770e-1,
    2.27238449892691845833e-2, 7.74545014278341407640e-4
  };
  private static final double[] D = {
    1.0, 2.05319162663775882187e0, 1.67638483018380384940e0,
    6.89767334985100004550e-1, 1.48103976427480074590e-1, 1.51986665636164571966e-2,
    5.47593808499534494600e-4, 1.05075007164441684324e-9
  };
  private static final double[] E = {
    6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0,
    2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
    2.71155556874348757815e-5, 2.01033439929228813265e-7
  };
  private static final double[] F = {
    1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1,
    1.48753612908506148525e-2, 7.86869131145613259100e-4, 1.84631831751005468180e-5,
    1.42151175831644588870e-7, 2.04426310338993978564e-15
  };

  private Noise() {}

  /** What all elements of one tensor have in common at one update. */
  static long key(long seed, String stream, String parameter, long t) {
    return mix(mix(mix(seed ^ hash(stream)) ^ hash(parameter)) ^ t);
  }

  /** The number of one element, rounded to float32. */
  static float at(long key, long element) {
    long bits = mix(key + (element + 1) * GOLDEN);
    double uniform = ((bits >>> 11) + 0.5) * 0x1p-53;
    return (float) normal(uniform);
  }

  /** The numbers of elements {@code [from, from + count)}, at the same place of a buffer. */
  static void fill(Buffer into, long key, long from, long count) {
    for (long i = from; i < from + count; i++) {
      into.set(i, at(key, i));
    }
  }

  /** The point below which a normal number lies with this probability. */
  static double normal(double probability) {
    double q = probability - 0.5;
    if (Math.abs(q) <= 0.425) {
      double r = 0.180625 - q * q;
      return q * polynomial(A, r) / polynomial(B, r);
    }
    double r = StrictMath.sqrt(-StrictMath.log(q < 0 ? probability : 1 - probability));
    double tail =
        r <= 5
            ? polynomial(C, r - 1.6) / polynomial(D, r - 1.6)
            : polynomial(E, r - 5) / polynomial(F, r - 5);
    return q < 0 ? -tail : tail;
  }

  private static double polynomial(double[] coefficients, double x) {
    double sum = 0;
    for (int i = coefficients.length - 1; i >= 0; i--) {
      sum = sum * x + coefficients[i];
    }
    return sum;
  }

  private static long hash(String text) {
    long hash = 0;
    for (int i = 0; i < text.length(); i++) {
      hash = mix(hash ^ text.charAt(i)) + i;
    }
    return hash;
  }

  /** Stafford's thirteenth mixer: every bit of the result depends on every bit given. */
  private static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
    return b ^ (b >>> 31);
  }
}
