package thalweg.transforms;

import thalweg.formula.Comparison;
import thalweg.formula.Described;
import thalweg.formula.Extent;
import thalweg.formula.Scalar;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.formula.Transformation;

/**
 * Takes the mean out of each output unit's direction: over all axes but the first. Vectors and
 * single numbers pass as they are.
 */
@Described(
    value = "takes the mean over all axes but the first out of the direction",
    paper =
        "Yong, Huang, Hua and Zhang 2020, Gradient Centralization: A New Optimization Technique for"
            + " Deep Neural Networks, equation 1")
public record Centralize() implements Transformation {
  @Override
  public String name() {
    return "centralize";
  }

  @Override
  public Tensor apply(Tensor g, Step s) {
    Scalar isVector = s.rank().is(Comparison.LESS_OR_EQUAL, Scalar.ONE);
    return s.let("g", isVector.choose(g, g.minus(g.mean(Extent.SLICE))));
  }
}
