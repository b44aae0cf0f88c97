package thalweg.schedule;

import thalweg.formula.Clock;
import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Schedule;
import thalweg.formula.ScheduleText;

/**
 * The base times a factor for a while, then the base: a warm-up in one stair.
 *
 * @param totalIters 0 for always, which is what PyTorch comes to when it is stepped
 */
@Described(
    value = "base * factor for total_iters steps, then base",
    paper = "PyTorch, torch.optim.lr_scheduler.ConstantLR",
    formula = "k < total_iters: base * factor; else base")
public record Constant(
    @Hyperparameter(value = "0.3333333333333333", range = "[0, inf)") double factor,
    @Hyperparameter(value = "5", range = "[0, inf)") long totalIters)
    implements Schedule {
  public Constant {
    Hyperparameters.check(Constant.class, factor, totalIters);
  }

  @Override
  public String name() {
    return "constant";
  }

  @Override
  public double at(double base, long step, Clock clock) {
    return step < totalIters || totalIters == 0 ? base * factor : base;
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
