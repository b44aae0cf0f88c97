package thalweg.transforms;

import thalweg.formula.Comparison;
import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Scalar;
import thalweg.formula.State;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.formula.Transformation;

/**
 * Momentum as PyTorch spells it: the direction becomes a decaying sum of directions, the learning
 * rate stays outside. The first update takes the direction as it is, without dampening.
 */
@Described(
    value =
        "momentum: a decaying sum of directions, the learning rate outside (PyTorch's spelling)",
    paper =
        "Polyak 1964, Some Methods of Speeding up the Convergence of Iteration Methods; Sutskever,"
            + " Martens, Dahl and Hinton 2013, On the Importance of Initialization and Momentum")
public record Trace(
    @Hyperparameter(value = "0.9", range = "[0, inf)") double momentum,
    @Hyperparameter(value = "0", range = "(-inf, inf)") double dampening,
    @Hyperparameter("false") boolean nesterov)
    implements Transformation {
  public Trace {
    Hyperparameters.check(Trace.class, momentum, dampening, nesterov);
  }

  @Override
  public String name() {
    return "trace";
  }

  @Override
  public Tensor apply(Tensor g, Step s) {
    Scalar mu = s.hyper("momentum", momentum);
    Scalar weight =
        dampening == 0 ? Scalar.ONE : first(s, Scalar.ONE.minus(s.hyper("dampening", dampening)));
    State buffer = s.state("momentum_buffer", "b", 0);
    Tensor kept = buffer.old().times(mu);
    Tensor b = buffer.becomes(kept.plus(dampening == 0 ? g : g.times(weight)));
    return nesterov ? s.let("d", g.plus(b.times(mu))) : b;
  }

  /** 1 at the first update, when there is nothing to dampen against; then {@code later}. */
  private static Scalar first(Step s, Scalar later) {
    return s.t().choose(Comparison.EQUAL, Scalar.ONE, Scalar.ONE, later);
  }
}
