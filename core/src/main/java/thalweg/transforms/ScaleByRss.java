package thalweg.transforms;

import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Scalar;
import thalweg.formula.State;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.formula.Transformation;

/** Adagrad's direction: divided by the root of the sum of all squares so far. */
@Described(
    value = "divides the direction by the root of the sum of all its squares so far",
    paper =
        "Duchi, Hazan and Singer 2011, Adaptive Subgradient Methods for Online Learning and"
            + " Stochastic Optimization, Figure 1 (diagonal)")
public record ScaleByRss(
    @Hyperparameter(value = "0", range = "[0, inf)") double initialAccumulatorValue,
    @Hyperparameter(value = "1e-10", range = "[0, inf)") double eps)
    implements Transformation {
  public ScaleByRss {
    Hyperparameters.check(ScaleByRss.class, initialAccumulatorValue, eps);
  }

  @Override
  public String name() {
    return "scale_by_rss";
  }

  @Override
  public Tensor apply(Tensor g, Step s) {
    Scalar e = s.hyper("eps", eps);
    State sum = s.state("sum", "G", initialAccumulatorValue);
    Tensor total = sum.becomes(sum.old().plus(g.square()));
    return g.over(total.sqrt().plus(e));
  }
}
