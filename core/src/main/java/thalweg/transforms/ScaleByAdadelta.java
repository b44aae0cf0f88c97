package thalweg.transforms;

import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Scalar;
import thalweg.formula.State;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.formula.Transformation;

/** Adadelta's direction: the direction in units of the updates made so far. */
@Described(
    value = "rescales the direction by the root mean square of past updates over that of gradients",
    paper = "Zeiler 2012, ADADELTA: An Adaptive Learning Rate Method, Algorithm 1")
public record ScaleByAdadelta(
    @Hyperparameter(value = "0.9", range = "[0, 1)") double rho,
    @Hyperparameter(value = "1e-6", range = "[0, inf)") double eps)
    implements Transformation {
  public ScaleByAdadelta {
    Hyperparameters.check(ScaleByAdadelta.class, rho, eps);
  }

  @Override
  public String name() {
    return "scale_by_adadelta";
  }

  @Override
  public Tensor apply(Tensor g, Step s) {
    Scalar r = s.hyper("rho", rho);
    Scalar e = s.hyper("eps", eps);
    Tensor v = s.ema("square_avg", "v", g.square(), r);
    State past = s.state("acc_delta", "u", 0);
    Tensor delta = s.let("Δ", past.old().plus(e).sqrt().over(v.plus(e).sqrt()).times(g));
    past.becomes(past.old().times(r).plus(delta.square().times(Scalar.ONE.minus(r))));
    return delta;
  }
}
