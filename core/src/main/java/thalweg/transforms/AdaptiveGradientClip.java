package thalweg.transforms;

import thalweg.formula.Comparison;
import thalweg.formula.Described;
import thalweg.formula.Extent;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Scalar;
import thalweg.formula.Scope;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.formula.Transformation;

/**
 * Limits the norm of each unit's direction to {@code clipping} times the norm of the unit's
 * weights, which count as at least {@code eps}. A vector is one unit.
 */
@Described(
    value = "limits each unit's norm to clipping times the norm of the unit's weights",
    paper =
        "Brock, De, Smith and Simonyan 2021, High-Performance Large-Scale Image Recognition Without"
            + " Normalization, equation 3",
    differs = {
      "units=columns takes weights laid out [in, out], as Optax and Flax do; for PyTorch's"
          + " [out, in] choose units=rows"
    })
public record AdaptiveGradientClip(
    @Hyperparameter(range = "(0, inf)") double clipping,
    @Hyperparameter(value = "1e-3", range = "(0, inf)") double eps,
    @Hyperparameter("columns") Units units)
    implements Transformation {
  /** The least norm that is divided by. */
  private static final double LEAST = 1e-6;

  public AdaptiveGradientClip {
    Hyperparameters.check(AdaptiveGradientClip.class, clipping, eps, units);
  }

  @Override
  public String name() {
    return "adaptive_gradient_clip";
  }

  @Override
  public Tensor apply(Tensor g, Step s) {
    Tensor weights = norm(s.parameter());
    Tensor size = s.let("n", norm(g));
    Tensor most = s.let("m", weights.max(s.hyper("eps", eps)).times(s.hyper("clipping", clipping)));
    Tensor clipped = g.times(most.over(size.max(Scalar.of(LEAST))));
    return s.let("g", size.choose(Comparison.LESS, most, g, clipped));
  }

  private Tensor norm(Tensor x) {
    if (units == Units.ROWS) {
      return x.norm(Extent.SLICE);
    }
    // at most one axis longer than 1: one unit, though each of its columns may have one element
    Scalar shortest = new Scalar.Shared(Extent.ROW).min(new Scalar.Shared(Extent.COLUMN));
    Scalar isVector =
        new Scalar.Shared(Extent.UNIT).max(shortest).is(Comparison.LESS_OR_EQUAL, Scalar.ONE);
    return isVector.choose(Tensor.of(x.norm(Scope.TENSOR)), x.norm(Extent.UNIT));
  }
}
