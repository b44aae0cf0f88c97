package thalweg.schedule;

import thalweg.formula.Clock;
import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Schedule;
import thalweg.formula.ScheduleText;

/** A straight line between two multiples of the base, then the second. */
@Described(
    value = "a straight line from base * start_factor to base * end_factor over total_iters steps",
    paper = "PyTorch, torch.optim.lr_scheduler.LinearLR",
    formula =
        "base * (start_factor + (end_factor - start_factor) * min(k, total_iters) / total_iters)")
public record Linear(
    @Hyperparameter(value = "0.3333333333333333", range = "[0, inf)") double startFactor,
    @Hyperparameter(value = "1", range = "[0, inf)") double endFactor,
    @Hyperparameter(value = "5", range = "[0, inf)") long totalIters)
    implements Schedule {
  public Linear {
    Hyperparameters.check(Linear.class, startFactor, endFactor, totalIters);
  }

  @Override
  public String name() {
    return "linear";
  }

  @Override
  public double at(double base, long step, Clock clock) {
    double part = totalIters == 0 ? 0 : (double) Math.min(step, totalIters) / totalIters;
    return base * (startFactor + (endFactor - startFactor) * part);
  }

  @Override
  public long span() {
    return totalIters;
  }

  @Override
  public String toString() {
    return ScheduleText.of(this);
  }
}
