package thalweg.transforms;

import thalweg.formula.Comparison;
import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Scalar;
import thalweg.formula.Scope;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.formula.Transformation;

/**
 * Gives every tensor a step in proportion to its own size: times the norm of the parameter over
 * that of the direction. Where one of them is 0, the direction stays as it is.
 */
@Described(
    value = "scales the direction of each tensor by the parameter's norm over the direction's",
    paper =
        "You, Gitman and Ginsburg 2017, Large Batch Training of Convolutional Networks, equation 6",
    differs = {"where a norm is 0 the ratio is 1, also when trust_coefficient is not, as in Optax"})
public record ScaleByTrustRatio(
    @Hyperparameter(value = "0", range = "[0, inf)") double minNorm,
    @Hyperparameter(value = "1", range = "[0, inf)") double trustCoefficient,
    @Hyperparameter(value = "0", range = "[0, inf)") double eps)
    implements Transformation {
  public ScaleByTrustRatio {
    Hyperparameters.check(ScaleByTrustRatio.class, minNorm, trustCoefficient, eps);
  }

  @Override
  public String name() {
    return "scale_by_trust_ratio";
  }

  @Override
  public Tensor apply(Tensor g, Step s) {
    Tensor d = g instanceof Tensor.Ref ? g : s.let("d", g);
    Scalar parameter = s.let("n_p", norm(s.parameter(), s));
    Scalar direction = s.let("n_u", norm(d, s));
    Scalar above =
        trustCoefficient == 1
            ? parameter
            : s.hyper("trust_coefficient", trustCoefficient).times(parameter);
    Scalar below = eps == 0 ? direction : direction.plus(s.hyper("eps", eps));
    Scalar trust =
        parameter
            .times(direction)
            .choose(Comparison.LESS_OR_EQUAL, Scalar.ZERO, Scalar.ONE, above.over(below));
    return d.times(s.let("φ", trust));
  }

  private Scalar norm(Tensor x, Step s) {
    Scalar norm = x.norm(Scope.TENSOR);
    return minNorm == 0 ? norm : norm.max(s.hyper("min_norm", minNorm));
  }
}
