package thalweg.schedule;

import thalweg.formula.Clock;
import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Schedule;
import thalweg.formula.ScheduleText;

/** The base times gamma at every step. */
@Described(
    value = "times gamma every step",
    paper = "PyTorch, torch.optim.lr_scheduler.ExponentialLR",
    formula = "base * gamma^k")
public record Exponential(@Hyperparameter(range = "[0, inf)") double gamma) implements Schedule {
  public Exponential {
    Hyperparameters.check(Exponential.class, gamma);
  }

  @Override
  public String name() {
    return "exponential";
  }

  @Override
  public double at(double base, long step, Clock clock) {
    return base * Math.pow(gamma, (double) step);
  }

  @Override
  public String toString() {
    return ScheduleText.of(this);
  }
}
