package thalweg.rules;

import thalweg.formula.Comparison;
import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Rule;
import thalweg.formula.Scalar;
import thalweg.formula.ScalarState;
import thalweg.formula.State;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.transforms.ProxL1;

/**
 * FISTA: a proximal gradient step for {@code f + l1 ‖θ‖₁}, taken from a point extrapolated along
 * the last move. Takes a closure: {@code optimizer.step(closure)}. The parameter itself is always
 * the result of a proximal step, so it is sparse at any time. {@code sgd | prox_l1(l1)} is ISTA.
 */
@Described(
    value = "accelerated proximal gradient for a loss plus l1 times the sum of absolute values",
    paper =
        "Beck and Teboulle 2009, A Fast Iterative Shrinkage-Thresholding Algorithm for Linear"
            + " Inverse Problems, equations 4.1 to 4.3")
public record Fista(
    @Hyperparameter(value = "1e-3", range = "[0, inf)") double lr,
    @Hyperparameter(value = "0", range = "[0, inf)") double l1)
    implements Rule {
  public Fista {
    Hyperparameters.check(Fista.class, lr, l1);
  }

  /** With this learning rate and every other default. */
  public static Fista lr(double lr) {
    return Hyperparameters.standard(Fista.class, lr);
  }

  public Fista l1(double value) {
    return Hyperparameters.with(this, "l1", value);
  }

  @Override
  public String name() {
    return "fista";
  }

  @Override
  public Tensor apply(Tensor gradient, Step s) {
    // a is the paper's t: 1, (1 + √5)/2, … ; the extrapolation uses the last two of them
    ScalarState pace = s.number("pace", "a", 1);
    Scalar before = pace.old();
    Scalar a =
        before
            .times(before)
            .times(Scalar.of(4))
            .plus(Scalar.ONE)
            .sqrt()
            .plus(Scalar.ONE)
            .over(Scalar.of(2));
    State last = s.state("last", "x", 0);
    ScalarState pull = s.number("pull", "β", 0);
    Tensor x = s.start();
    // nothing to extrapolate along at the first update, where β is 0 and x is not yet known
    Tensor move =
        s.t().is(Comparison.EQUAL, Scalar.ONE).choose(Tensor.of(Scalar.ZERO), x.minus(last.old()));
    Tensor y = x.plus(move.times(pull.old()));
    s.lookAhead(y);
    last.becomes(x);
    pace.becomes(a);
    pull.becomes(before.minus(Scalar.ONE).over(a));
    s.move(y);
    Tensor spent = s.descend(gradient, s.hyper("lr", lr));
    return s.enter(new ProxL1(l1), spent);
  }
}
