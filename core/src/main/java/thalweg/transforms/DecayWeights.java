package thalweg.transforms;

import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.formula.Transformation;

/**
 * Decoupled weight decay: the descent that follows first shrinks the parameter by {@code 1 − lr λ}.
 * The direction, and so every running mean in front, never sees the decay.
 */
@Described(
    value = "decoupled weight decay: shrinks the parameter by 1 - lr * weight_decay at the descent",
    paper = "Loshchilov and Hutter 2019, Decoupled Weight Decay Regularization, Algorithm 2",
    differs = {
      "Optax adds weight_decay * θ to the direction; the factor here is PyTorch's, equal up to"
          + " rounding"
    })
public record DecayWeights(@Hyperparameter(range = "[0, inf)") double weightDecay)
    implements Transformation {
  public DecayWeights {
    Hyperparameters.check(DecayWeights.class, weightDecay);
  }

  @Override
  public String name() {
    return "decay_weights";
  }

  @Override
  public Tensor apply(Tensor d, Step s) {
    if (weightDecay != 0) {
      s.decayBeforeDescent(s.hyper("weight_decay", weightDecay));
    }
    return d;
  }
}
