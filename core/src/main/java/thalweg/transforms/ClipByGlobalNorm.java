package thalweg.transforms;

import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Scope;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.formula.Transformation;

/**
 * Scales the direction so that its norm over all tensors of the group is at most {@code max_norm}.
 * A norm that is infinite or NaN makes every element NaN or 0 times it: put {@code skip_nonfinite}
 * in front where that can happen.
 */
@Described(
    value = "scales the direction so that its norm over all tensors is at most max_norm",
    paper =
        "Pascanu, Mikolov and Bengio 2013, On the Difficulty of Training Recurrent Neural Networks,"
            + " Algorithm 1",
    differs = {
      "PyTorch's clip_grad_norm_ divides by norm + 1e-6; here, as in Optax and the paper, by norm",
      "the norm is taken over the tensors of the parameter group that have a gradient"
    })
public record ClipByGlobalNorm(@Hyperparameter(range = "(0, inf)") double maxNorm)
    implements Transformation {
  public ClipByGlobalNorm {
    Hyperparameters.check(ClipByGlobalNorm.class, maxNorm);
  }

  @Override
  public String name() {
    return "clip_by_global_norm";
  }

  @Override
  public Tensor apply(Tensor g, Step s) {
    return s.let("g", NormLimit.of(g, s.hyper("max_norm", maxNorm), Scope.MODEL, s));
  }
}
