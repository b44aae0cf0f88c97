package thalweg.lab.surface;

import java.util.Locale;
import java.util.function.UnaryOperator;
import org.hipparchus.analysis.differentiation.Gradient;
import org.hipparchus.util.FastMath;

/** A function of one number that formulas may name. */
enum Function {
  SIN(Gradient::sin),
  COS(Gradient::cos),
  TAN(Gradient::tan),
  ASIN(Gradient::asin),
  ACOS(Gradient::acos),
  ATAN(Gradient::atan),
  SINH(Gradient::sinh),
  COSH(Gradient::cosh),
  TANH(Gradient::tanh),
  EXP(Gradient::exp),
  LOG(Gradient::log),
  SQRT(Function::root),
  ABS(x -> x.compose(FastMath.abs(x.getValue()), FastMath.signum(x.getValue()))),
  SIGMOID(Function::sigmoid);

  private final UnaryOperator<Gradient> rule;

  Function(UnaryOperator<Gradient> rule) {
    this.rule = rule;
  }

  /** The name in a formula. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  Gradient at(Gradient x) {
    return rule.apply(x);
  }

  /** The root; where everything below it stands still at 0, so does the root. */
  private static Gradient root(Gradient x) {
    double root = FastMath.sqrt(x.getValue());
    if (root == 0) {
      boolean still = true;
      for (int i = 0; i < x.getFreeParameters(); i++) {
        still &= x.getPartialDerivative(i) == 0;
      }
      if (still) {
        return x;
      }
    }
    return x.compose(root, 0.5 / root);
  }

  private static Gradient sigmoid(Gradient x) {
    double small = FastMath.exp(-FastMath.abs(x.getValue()));
    double value = (x.getValue() >= 0 ? 1 : small) / (1 + small);
    return x.compose(value, small / ((1 + small) * (1 + small)));
  }
}
