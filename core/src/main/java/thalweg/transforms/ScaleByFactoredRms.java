package thalweg.transforms;

import thalweg.formula.Comparison;
import thalweg.formula.Described;
import thalweg.formula.Extent;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Scalar;
import thalweg.formula.State;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.formula.Transformation;

/**
 * Divides the direction by the root of a running mean of its square, of which only the means of
 * rows and of columns are kept; their product over the mean of all stands for each element. More
 * than two axes are a stack of matrices. {@code β₂ = 1 − t^beta2_decay} grows by itself.
 */
@Described(
    value = "scales by the root of a running mean of squares kept as rows and columns",
    paper =
        "Shazeer and Stern 2018, Adafactor: Adaptive Learning Rates with Sublinear Memory Cost,"
            + " Algorithm 4, lines 4 to 9",
    differs = {"eps1 bounds what is divided by, as in PyTorch; the paper adds it to the square"})
public record ScaleByFactoredRms(
    @Hyperparameter(value = "-0.8", range = "(-inf, 0]") double beta2Decay,
    @Hyperparameter(value = "2.220446049250313e-16", range = "[0, inf)") double eps1)
    implements Transformation {
  public ScaleByFactoredRms {
    Hyperparameters.check(ScaleByFactoredRms.class, beta2Decay, eps1);
  }

  @Override
  public String name() {
    return "scale_by_factored_rms";
  }

  @Override
  public Tensor apply(Tensor g, Step s) {
    Scalar weight = s.let("w", s.t().pow(s.hyper("beta2_decay", beta2Decay)));
    Scalar e = s.hyper("eps1", eps1);
    Tensor row = mean("row_var", "r", Extent.ROW, g, weight, s);
    Tensor column = mean("col_var", "c", Extent.COLUMN, g, weight, s);
    Tensor whole = s.let("a", row.mean(Extent.MATRIX).max(e));
    // a vector's columns are its elements: nothing to bring together, nothing for eps1 to bound
    Scalar isVector = s.rank().is(Comparison.LESS_OR_EQUAL, Scalar.ONE);
    Tensor share = s.let("q", isVector.choose(Tensor.of(Scalar.ONE), row.over(whole)));
    // 1/√max(q c, ε²), with the roots and quotients taken once a row and once a column
    Tensor scale = s.let("p", root(share)).times(s.let("k", root(column))).min(Scalar.ONE.over(e));
    return s.let("u", g.times(scale));
  }

  private static Tensor root(Tensor square) {
    return Tensor.of(Scalar.ONE).over(square.sqrt());
  }

  private static Tensor mean(
      String name, String symbol, Extent extent, Tensor g, Scalar weight, Step s) {
    State mean = s.state(name, symbol, 0, extent);
    Tensor old = mean.old();
    return mean.becomes(old.plus(g.square().mean(extent).minus(old).times(weight)));
  }
}
