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
    State buffer = s.state("momentum_buffer", "b", 0);
    Tensor b = buffer.becomes(buffer.old().times(mu).plus(dampened(g, s)));
    return nesterov ? s.let("d", g.plus(b.times(mu))) : b;
  }

  /** At the first update there is nothing to dampen against. */
  private Tensor dampened(Tensor g, Step s) {
    if (dampening == 0) {
      return g;
    }
    Scalar later = Scalar.ONE.minus(s.hyper("dampening", dampening));
    return g.times(s.t().choose(Comparison.EQUAL, Scalar.ONE, Scalar.ONE, later));
  }
}
