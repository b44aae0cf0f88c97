package thalweg.transforms;

import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Scalar;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.formula.Transformation;

/**
 * Adds normal noise of variance {@code η / t^γ} to the direction, t = 1 at the first update. The
 * noise is a function of the seed, the parameter's name, t and the element, so a resumed run draws
 * what an uninterrupted one would have.
 */
@Described(
    value = "adds normal noise whose variance falls with the updates",
    paper =
        "Neelakantan et al. 2015, Adding Gradient Noise Improves Learning for Very Deep Networks,"
            + " equation 1",
    differs = {"the paper counts updates from 0 and divides by (1 + t)^gamma: the same numbers"})
public record AddNoise(
    @Hyperparameter(value = "0.01", range = "[0, inf)") double eta,
    @Hyperparameter(value = "0.55", range = "[0, inf)") double gamma,
    @Hyperparameter(value = "0") long seed)
    implements Transformation {
  public AddNoise {
    Hyperparameters.check(AddNoise.class, eta, gamma, seed);
  }

  @Override
  public String name() {
    return "add_noise";
  }

  @Override
  public Tensor apply(Tensor g, Step s) {
    Scalar variance = s.hyper("eta", eta).over(s.t().pow(s.hyper("gamma", gamma)));
    return s.let("g", g.plus(s.noise(seed).times(variance.sqrt())));
  }
}
