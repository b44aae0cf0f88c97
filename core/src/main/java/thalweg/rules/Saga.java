package thalweg.rules;

import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Rule;
import thalweg.formula.Scalar;
import thalweg.formula.State;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.transforms.Descend;

/**
 * SAGA: a term's gradient is corrected by the one remembered of it and the mean of all that are
 * remembered; its expectation is the full gradient. Takes the terms: {@code optimizer.step(sum,
 * term)}. Remembers a gradient for each term.
 */
@Described(
    value = "corrects a term's gradient by its last one and the mean of all last ones",
    paper =
        "Defazio, Bach and Lacoste-Julien 2014, SAGA: A Fast Incremental Gradient Method With"
            + " Support for Non-Strongly Convex Composite Objectives, equation 1",
    differs = {"the remembered gradients start at 0; in the paper at those of the start"})
public record Saga(
    @Hyperparameter(value = "1e-2", range = "[0, inf)") double lr,
    @Hyperparameter(range = "[1, inf)") int terms)
    implements Rule {
  public Saga {
    Hyperparameters.check(Saga.class, lr, terms);
  }

  @Override
  public String name() {
    return "saga";
  }

  @Override
  public Tensor apply(Tensor gradient, Step s) {
    Scalar n = s.hyper("terms", terms);
    State last = s.table("gradients", "y", terms);
    State mean = s.state("mean_gradient", "m", 0);
    Tensor change = s.let("c", gradient.minus(last.old()));
    Tensor d = s.let("d", change.plus(mean.old()));
    mean.becomes(mean.old().plus(change.over(n)));
    last.becomes(gradient);
    return s.enter(new Descend(lr), d);
  }
}
