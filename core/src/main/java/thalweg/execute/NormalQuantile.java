package thalweg.execute;

/**
 * The inverse of the normal distribution (Wichura 1988, Algorithm AS 241, PPND16): exact to about
 * 16 digits, in binary64 arithmetic that gives the same bits on every machine.
 */
final class NormalQuantile {
  /** How far from ½ a probability lies in the middle; the others are in the tails. */
  static final double MIDDLE = 0.425;

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

  private NormalQuantile() {}

  /** The point below which a normal number lies with this probability, in (0, 1). */
  static double at(double probability) {
    return Math.abs(probability - 0.5) <= MIDDLE ? middle(probability) : tail(probability);
  }

  /**
   * For a probability in the middle; for others some finite number. Written out, since the JIT
   * makes vectors of a loop that calls this only if nothing in it is an array.
   */
  static double middle(double probability) {
    double q = probability - 0.5;
    double r = 0.180625 - q * q;
    double over = 2.5090809287301226727e3;
    over = over * r + 3.3430575583588128105e4;
    over = over * r + 6.7265770927008700853e4;
    over = over * r + 4.5921953931549871457e4;
    over = over * r + 1.3731693765509461125e4;
    over = over * r + 1.9715909503065514427e3;
    over = over * r + 1.3314166789178437745e2;
    over = over * r + 3.3871328727963666080e0;
    double under = 5.2264952788528545610e3;
    under = under * r + 2.8729085735721942674e4;
    under = under * r + 3.9307895800092710610e4;
    under = under * r + 2.1213794301586595867e4;
    under = under * r + 5.3941960214247511077e3;
    under = under * r + 6.8718700749205790830e2;
    under = under * r + 4.2313330701600911252e1;
    under = under * r + 1;
    return q * over / under;
  }

  /** For a probability in one of the tails. */
  static double tail(double probability) {
    boolean lower = probability < 0.5;
    double r = StrictMath.sqrt(-StrictMath.log(lower ? probability : 1 - probability));
    double tail =
        r <= 5
            ? polynomial(C, r - 1.6) / polynomial(D, r - 1.6)
            : polynomial(E, r - 5) / polynomial(F, r - 5);
    return lower ? -tail : tail;
  }

  private static double polynomial(double[] coefficients, double x) {
    double sum = 0;
    for (int i = coefficients.length - 1; i >= 0; i--) {
      sum = sum * x + coefficients[i];
    }
    return sum;
  }
}
