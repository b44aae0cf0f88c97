package thalweg.transforms;

import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Scalar;
import thalweg.formula.State;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.formula.Transformation;

/**
 * Yogi's direction: Adam's, but the mean of squares moves by a share of the new square, not of the
 * difference, so that it falls slowly.
 */
@Described(
    value = "Adam's direction with a second moment that falls no faster than it rises",
    paper = "Zaheer et al. 2018, Adaptive Methods for Nonconvex Optimization, Algorithm 2",
    differs = {
      "both means start at initial_accumulator_value and are bias-corrected, as in Optax; the paper"
          + " corrects neither"
    })
public record ScaleByYogi(
    @Hyperparameter(value = "0.9", range = "[0, 1)") double beta1,
    @Hyperparameter(value = "0.999", range = "[0, 1)") double beta2,
    @Hyperparameter(value = "1e-3", range = "[0, inf)") double eps,
    @Hyperparameter(value = "0", range = "[0, inf)") double epsRoot,
    @Hyperparameter(value = "1e-6", range = "[0, inf)") double initialAccumulatorValue)
    implements Transformation {
  public ScaleByYogi {
    Hyperparameters.check(ScaleByYogi.class, beta1, beta2, eps, epsRoot, initialAccumulatorValue);
  }

  @Override
  public String name() {
    return "scale_by_yogi";
  }

  @Override
  public Tensor apply(Tensor g, Step s) {
    Scalar b1 = s.hyper("beta1", beta1);
    Scalar b2 = s.hyper("beta2", beta2);
    State mean = s.state("exp_avg", "m", initialAccumulatorValue);
    State squares = s.state("exp_avg_sq", "v", initialAccumulatorValue);
    Tensor m = mean.becomes(mean.old().blend(g, b1));
    Tensor square = g.square();
    Tensor share = square.times(Scalar.ONE.minus(b2));
    Tensor v =
        squares.becomes(squares.old().minus(squares.old().minus(square).sign().times(share)));
    Tensor mHat = s.let("m̂", s.unbias(m, b1));
    Tensor vHat = s.let("v̂", s.unbias(v, b2));
    return mHat.over(Root.of(vHat, epsRoot, s).plus(s.hyper("eps", eps)));
  }
}
