package thalweg.lab.reproduce;

import java.util.Optional;
import thalweg.formula.Transformation;
import thalweg.optimizer.Optimizer;
import thalweg.rules.Swats;
import thalweg.text.Specs;

/**
 * Watches whether SWATS goes over to SGD, and how near it comes.
 *
 * <p>The rate that SGD would need is in no state, but follows from its running mean: {@code λ ← β₂
 * λ + (1 − β₂) γ}, kept in double, so that γ is known to about 1e-13 of itself.
 */
final class Switch {
  private final double beta2;
  private double lambda;
  private long steps;
  private boolean over;
  private double nearest = Double.POSITIVE_INFINITY;

  private Switch(double beta2) {
    this.beta2 = beta2;
  }

  /** One for a rule in text form; empty for any but SWATS. */
  static Optional<Switch> of(String spec) {
    Transformation rule = Specs.parseOptimizer(spec);
    return rule instanceof Swats swats ? Optional.of(new Switch(swats.beta2())) : Optional.empty();
  }

  /** To be told after every update. */
  void look(Optimizer optimizer) {
    steps++;
    double before = lambda;
    lambda = number(optimizer, "lambda");
    double gamma = (lambda - beta2 * before) / (1 - beta2);
    // a γ there is neither after the switch nor where gradients are zero
    if (steps > 1 && !over && lambda != before) {
      nearest = Math.min(nearest, Math.abs(lambda / (1 - Math.pow(beta2, steps)) - gamma));
    }
    over = number(optimizer, "phase") > 0;
  }

  private static double number(Optimizer optimizer, String state) {
    return optimizer.state().tensor("default/swats/" + state).toDoubles()[0];
  }

  Trace.Switched result() {
    return new Trace.Switched(over, nearest);
  }
}
