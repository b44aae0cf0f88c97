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
import thalweg.transforms.Descend;

/**
 * Stochastic variance reduced gradient: every {@code inner} updates it takes the gradient of all
 * terms and remembers the point; in between, a term's gradient is corrected by its own at that
 * point. Takes the terms: {@code optimizer.step(sum, term)}.
 */
@Described(
    value = "corrects a term's gradient by its own at a snapshot and the snapshot's full gradient",
    paper =
        "Johnson and Zhang 2013, Accelerating Stochastic Gradient Descent using Predictive Variance"
            + " Reduction, Figure 1 (option I)")
public record Svrg(
    @Hyperparameter(value = "1e-2", range = "[0, inf)") double lr,
    @Hyperparameter(range = "[1, inf)") int inner)
    implements Rule {
  public Svrg {
    Hyperparameters.check(Svrg.class, lr, inner);
  }

  @Override
  public String name() {
    return "svrg";
  }

  @Override
  public Tensor apply(Tensor gradient, Step s) {
    ScalarState counter = s.groupNumber("counter", "n", 0);
    Scalar renew = s.let("renew", counter.old().is(Comparison.EQUAL, Scalar.ZERO));
    Scalar n = s.let("n", counter.old().plus(Scalar.ONE));
    Scalar last = s.hyper("inner", inner).is(Comparison.LESS_OR_EQUAL, n);
    counter.becomes(last.choose(Scalar.ZERO, n));

    Tensor full = s.fullGradient("ḡ", renew);
    State snapshot = s.state("snapshot", "w", 0);
    State mean = s.state("mean_gradient", "m", 0);
    // one that has never been updated, as a frozen one, has no snapshot: it stands where it is
    Scalar here = s.let("here", renew.max(s.t().is(Comparison.EQUAL, Scalar.ONE)));
    Tensor point = here.choose(s.start(), snapshot.old());
    Tensor there = s.gradientAt("g̃", point);
    snapshot.becomes(point);
    Tensor m = mean.becomes(renew.choose(full, mean.old()));
    return s.enter(new Descend(lr), s.let("d", gradient.minus(there).plus(m)));
  }
}
