package thalweg.transforms;

import thalweg.formula.Comparison;
import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Scalar;
import thalweg.formula.ScalarState;
import thalweg.formula.State;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.formula.Transformation;

/**
 * Slow weights behind a fast optimizer: every {@code k} steps {@code slow ← slow + α (fast − slow)}
 * and the fast weights go on from there. Stands behind the optimizer. Steps are counted for the
 * group; the slow weights start where the parameter starts.
 */
@Described(
    value = "every k steps pulls the parameter back towards slow weights that follow it",
    paper =
        "Zhang, Lucas, Ba and Hinton 2019, Lookahead Optimizer: k steps forward, 1 step back,"
            + " Algorithm 1",
    differs = {"the inner optimizer's state is kept at a pull, as the paper's default does"})
public record Lookahead(
    @Hyperparameter(value = "5", range = "[1, inf)") int k,
    @Hyperparameter(value = "0.5", range = "[0, 1]") double alpha)
    implements Transformation {
  public Lookahead {
    Hyperparameters.check(Lookahead.class, k, alpha);
  }

  @Override
  public String name() {
    return "lookahead";
  }

  @Override
  public Tensor apply(Tensor spent, Step s) {
    s.afterDescent();
    ScalarState counter = s.groupNumber("counter", "n", 0);
    Scalar n = s.let("n", counter.old().plus(Scalar.ONE));
    Scalar pull = s.let("pull", s.hyper("k", k).is(Comparison.LESS_OR_EQUAL, n));
    counter.becomes(pull.choose(Scalar.ZERO, n));
    State slow = s.state("slow_buffer", "φ", 0);
    Scalar isFirst = s.t().is(Comparison.EQUAL, Scalar.ONE);
    Tensor before = s.let("s", isFirst.choose(s.start(), slow.old()));
    Tensor pulled = before.plus(s.parameter().minus(before).times(s.hyper("alpha", alpha)));
    Tensor after = slow.becomes(pull.choose(pulled, before));
    s.move(pull.choose(after, s.parameter()));
    return spent;
  }
}
