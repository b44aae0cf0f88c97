package thalweg.schedule;

import thalweg.formula.Clock;
import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Schedule;
import thalweg.formula.ScheduleText;

/** Falls to 0 as a power of what is left of its steps, and stays there. */
@Described(
    value = "a power of what is left of total_iters steps, then 0",
    paper = "PyTorch, torch.optim.lr_scheduler.PolynomialLR",
    formula = "base * (1 - min(k, total_iters) / total_iters)^power")
public record Polynomial(
    @Hyperparameter(value = "5", range = "[0, inf)") long totalIters,
    @Hyperparameter(value = "1", range = "[0, inf)") double power)
    implements Schedule {
  public Polynomial {
    Hyperparameters.check(Polynomial.class, totalIters, power);
  }

  @Override
  public String name() {
    return "polynomial";
  }

  @Override
  public double at(double base, long step, Clock clock) {
    double part = totalIters == 0 ? 0 : (double) Math.min(step, totalIters) / totalIters;
    return base * Math.pow(1 - part, power);
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
