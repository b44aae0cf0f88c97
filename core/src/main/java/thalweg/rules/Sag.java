package thalweg.rules;

import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Rule;
import thalweg.formula.State;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.transforms.Descend;

/**
 * Stochastic average gradient: steps along the mean of the gradients remembered of all terms, one
 * of which is renewed. Takes the terms: {@code optimizer.step(sum, term)}. Remembers a gradient for
 * each term.
 */
@Described(
    value = "steps along the mean of each term's last gradient",
    paper =
        "Schmidt, Le Roux and Bach 2017, Minimizing Finite Sums with the Stochastic Average"
            + " Gradient, Algorithm 1",
    differs = {
      "divides by the number of terms from the start; the paper also proposes those seen so far"
    })
public record Sag(
    @Hyperparameter(value = "1e-2", range = "[0, inf)") double lr,
    @Hyperparameter(range = "[1, inf)") int terms)
    implements Rule {
  public Sag {
    Hyperparameters.check(Sag.class, lr, terms);
  }

  @Override
  public String name() {
    return "sag";
  }

  @Override
  public Tensor apply(Tensor gradient, Step s) {
    State last = s.table("gradients", "y", terms);
    State sum = s.state("sum", "d", 0);
    Tensor d = sum.becomes(sum.old().minus(last.old()).plus(gradient));
    last.becomes(gradient);
    return s.enter(new Descend(lr), s.let("a", d.over(s.hyper("terms", terms))));
  }
}
