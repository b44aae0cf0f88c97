package thalweg.transforms;

import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.formula.Transformation;

/** L2 regularization: adds {@code λ θ} to the direction, which everything behind it then sees. */
@Described(
    value = "L2 regularization: adds weight_decay * θ to the direction",
    paper = "Krogh and Hertz 1991, A Simple Weight Decay Can Improve Generalization")
public record AddDecayedWeights(@Hyperparameter(range = "[0, inf)") double weightDecay)
    implements Transformation {
  public AddDecayedWeights {
    Hyperparameters.check(AddDecayedWeights.class, weightDecay);
  }

  @Override
  public String name() {
    return "add_decayed_weights";
  }

  @Override
  public Tensor apply(Tensor g, Step s) {
    return weightDecay == 0
        ? g
        : s.let("g", g.plus(s.parameter().times(s.hyper("weight_decay", weightDecay))));
  }
}
