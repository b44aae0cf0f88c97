package thalweg.transforms;

import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Scope;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.formula.Transformation;

/**
 * Scales the direction of each tensor by itself so that its norm is at most {@code max_norm}. A
 * norm that is NaN makes every element of its tensor NaN; an infinite one makes the finite elements
 * 0 and the infinite ones NaN. Other tensors are not touched by either.
 */
@Described(
    value = "scales the direction of each tensor so that its norm is at most max_norm",
    paper =
        "Pascanu, Mikolov and Bengio 2013, On the Difficulty of Training Recurrent Neural Networks,"
            + " Algorithm 1, tensor by tensor",
    differs = {
      "as clip_by_global_norm, but each tensor has a norm of its own: the whole gradient may turn",
      "Optax's clip_by_block_rms limits the root mean square instead: norm / √n"
    })
public record ClipByNorm(@Hyperparameter(range = "(0, inf)") double maxNorm)
    implements Transformation {
  public ClipByNorm {
    Hyperparameters.check(ClipByNorm.class, maxNorm);
  }

  @Override
  public String name() {
    return "clip_by_norm";
  }

  @Override
  public Tensor apply(Tensor g, Step s) {
    return s.let("g", NormLimit.of(g, s.hyper("max_norm", maxNorm), Scope.TENSOR, s));
  }
}
