package thalweg.schedule;

import thalweg.formula.Clock;
import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Schedule;
import thalweg.formula.ScheduleText;

/** The base times a power of gamma that rises every so many steps. */
@Described(
    value = "times gamma every step_size steps",
    paper = "PyTorch, torch.optim.lr_scheduler.StepLR",
    formula = "base * gamma^floor(k / step_size)")
public record StepDecay(
    @Hyperparameter(range = "[1, inf)") long stepSize,
    @Hyperparameter(value = "0.1", range = "[0, inf)") double gamma)
    implements Schedule {
  public StepDecay {
    Hyperparameters.check(StepDecay.class, stepSize, gamma);
  }

  @Override
  public String name() {
    return "step";
  }

  @Override
  public double at(double base, long step, Clock clock) {
    return base * Math.pow(gamma, (double) (step / stepSize));
  }

  @Override
  public String toString() {
    return ScheduleText.of(this);
  }
}
