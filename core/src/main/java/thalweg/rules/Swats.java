package thalweg.rules;

import thalweg.formula.Comparison;
import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Rule;
import thalweg.formula.Scalar;
import thalweg.formula.ScalarState;
import thalweg.formula.Scope;
import thalweg.formula.State;
import thalweg.formula.Step;
import thalweg.formula.Tensor;

/**
 * SWATS: Adam, and from some update on SGD with momentum, whose rate is what Adam's steps come to
 * along the gradient.
 *
 * <p>The switch is one for the whole group and happens once, when the bias-corrected mean of that
 * rate is within {@code eps} of its latest value. From then on {@code lr} is not used.
 */
@Described(
    value = "Adam that switches to SGD once, when the rate SGD would need has settled",
    paper =
        "Keskar and Socher 2017, Improving Generalization Performance by Switching from Adam to"
            + " SGD, Algorithm 1",
    differs = {
      "the vectors of the paper are all tensors of the group that have a gradient",
      "eps is Adam's and the tolerance of the switch, as in the paper; 1e-9 is below what float32"
          + " resolves, so that the update at which it switches depends on the precision",
      "after the switch a change of lr has no effect, as in the paper"
    })
public record Swats(
    @Hyperparameter(value = "1e-3", range = "[0, inf)") double lr,
    @Hyperparameter(value = "0.9", range = "[0, 1)") double beta1,
    @Hyperparameter(value = "0.999", range = "[0, 1)") double beta2,
    @Hyperparameter(value = "1e-9", range = "[0, inf)") double eps)
    implements Rule {
  public Swats {
    Hyperparameters.check(Swats.class, lr, beta1, beta2, eps);
  }

  /** With this learning rate and every other default. */
  public static Swats lr(double lr) {
    return Hyperparameters.standard(Swats.class, lr);
  }

  public Swats beta1(double value) {
    return Hyperparameters.with(this, "beta1", value);
  }

  public Swats beta2(double value) {
    return Hyperparameters.with(this, "beta2", value);
  }

  public Swats eps(double value) {
    return Hyperparameters.with(this, "eps", value);
  }

  @Override
  public String name() {
    return "swats";
  }

  @Override
  public Tensor apply(Tensor gradient, Step s) {
    Scalar eta = s.hyper("lr", lr);
    Scalar b1 = s.hyper("beta1", beta1);
    Scalar b2 = s.hyper("beta2", beta2);
    Scalar e = s.hyper("eps", eps);
    ScalarState count = s.groupNumber("step", "k", 0);
    ScalarState phase = s.groupNumber("phase", "s", 0);
    Scalar k = count.becomes(count.old().plus(Scalar.ONE));
    Scalar switched = phase.old();

    State buffer = s.state("exp_avg", "m", 0);
    State squares = s.state("exp_avg_sq", "v", 0);
    Scalar share = Scalar.ONE.minus(b1);
    Scalar entering = switched.choose(Scalar.ONE, share);
    Tensor m = s.let("b", buffer.old().times(b1).plus(gradient.times(entering)));
    Tensor v = squares.becomes(squares.old().blend(gradient.square(), b2));
    Scalar correction = Scalar.ONE.minus(b2.pow(k));
    Scalar rate = eta.times(correction.sqrt()).over(Scalar.ONE.minus(b1.pow(k)));
    Tensor p = s.let("p", m.times(rate).over(v.sqrt().plus(e)));

    Scalar along = s.let("d", p.times(gradient).sum(Scope.MODEL));
    Scalar projected = s.let("γ", p.square().sum(Scope.MODEL).over(along));
    ScalarState mean = s.groupNumber("lambda", "λ", 0);
    Scalar blended = b2.times(mean.old()).plus(Scalar.ONE.minus(b2).times(projected));
    Scalar lambda = mean.becomes(along.choose(blended, mean.old()));
    Scalar corrected = s.let("λ̂", lambda.over(correction));
    Scalar settled = corrected.minus(projected).abs().is(Comparison.LESS, e);
    Scalar ready = Scalar.ONE.is(Comparison.LESS, k).times(settled);
    Scalar now = phase.becomes(switched.max(ready));
    Scalar turn = s.let("x", now.minus(switched));
    ScalarState last = s.groupNumber("sgd_lr", "Λ", 0);
    Scalar rateOfSgd = last.becomes(turn.choose(corrected, last.old()));
    s.notice(turn, "swats: SGD from update %.0f on, with lr %s", k.plus(Scalar.ONE), rateOfSgd);

    // SGD's momentum starts from zero, in the memory of Adam's
    buffer.becomes(turn.choose(Tensor.of(Scalar.ZERO), m));
    Tensor velocity = switched.choose(m.times(share.times(rateOfSgd)), p);
    return s.descendBy(velocity, switched.choose(rateOfSgd, eta));
  }
}
