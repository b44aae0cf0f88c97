package thalweg.schedule;

import java.util.OptionalDouble;
import thalweg.formula.Clock;
import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Schedule;
import thalweg.formula.ScheduleText;

/** The rate of the first Transformer: up in a line, down as an inverse root, sized by the model. */
@Described(
    value = "up in a line for warmup_steps, then down as one over the root, times d_model^-0.5",
    paper = "Vaswani et al. 2017, Attention Is All You Need, equation 3",
    formula = "base * d_model^-0.5 * min(s^-0.5, s * warmup_steps^-1.5), with s = k + 1",
    differs = {
      "the base is a factor, and 1 where none is given: the formula of the paper is a rate by"
          + " itself"
    })
public record Noam(
    @Hyperparameter(range = "[1, inf)") long dModel,
    @Hyperparameter(value = "4000", range = "[1, inf)") long warmupSteps)
    implements Schedule {
  public Noam {
    Hyperparameters.check(Noam.class, dModel, warmupSteps);
  }

  @Override
  public String name() {
    return "noam";
  }

  @Override
  public double at(double base, long step, Clock clock) {
    double s = step + 1.0;
    return base
        / Math.sqrt(dModel)
        * Math.min(1 / Math.sqrt(s), s / (warmupSteps * Math.sqrt(warmupSteps)));
  }

  @Override
  public OptionalDouble base() {
    return OptionalDouble.of(1);
  }

  @Override
  public String toString() {
    return ScheduleText.of(this);
  }
}
