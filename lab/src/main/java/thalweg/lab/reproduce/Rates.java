package thalweg.lab.reproduce;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.stream.DoubleStream;
import thalweg.formula.Hyperparameters;
import thalweg.text.NumberText;
import thalweg.text.Specs;

/** Optimizers that differ in their learning rate: what a contender chooses from. */
final class Rates {
  private static final double[] HALF_DECADES = {
    1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 0.1, 0.3, 1, 3, 10
  };

  private Rates() {}

  /**
   * The text form at each rate, half decades apart, both ends taken.
   *
   * @param spec with {@code {lr}} where the rate stands
   */
  static List<String> of(String spec, double from, double to) {
    return DoubleStream.of(HALF_DECADES)
        .filter(rate -> rate >= from && rate <= to)
        .mapToObj(rate -> at(spec, rate))
        .toList();
  }

  /** The text form at one rate, of which three digits are taken. */
  static String at(String spec, double rate) {
    double rounded = new BigDecimal(rate).round(new MathContext(3)).doubleValue();
    return spec.replace("{lr}", NumberText.of(rounded));
  }

  /** The rate in a text form that {@link #at} made of a plain rule. */
  static double read(String spec) {
    return (double) Hyperparameters.get(Specs.parseOptimizer(spec), "lr");
  }
}
