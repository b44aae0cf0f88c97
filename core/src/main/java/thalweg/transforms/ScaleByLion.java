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
 * Lion's direction: the sign of a mean of the direction and its past, interpolated with another
 * rate than the one the past is remembered with.
 */
@Described(
    value = "Lion's direction: the sign of the direction interpolated with its running mean",
    paper = "Chen et al. 2023, Symbolic Discovery of Optimization Algorithms, Algorithm 2")
public record ScaleByLion(
    @Hyperparameter(value = "0.9", range = "[0, 1)") double beta1,
    @Hyperparameter(value = "0.99", range = "[0, 1)") double beta2)
    implements Transformation {
  public ScaleByLion {
    Hyperparameters.check(ScaleByLion.class, beta1, beta2);
  }

  @Override
  public String name() {
    return "scale_by_lion";
  }

  @Override
  public Tensor apply(Tensor g, Step s) {
    Scalar b1 = s.hyper("beta1", beta1);
    Scalar b2 = s.hyper("beta2", beta2);
    State m = s.state("exp_avg", "m", 0);
    Tensor c = s.let("c", m.old().blend(g, b1));
    m.becomes(m.old().blend(g, b2));
    return c.sign();
  }
}
