package thalweg.schedule;

import java.util.function.LongToDoubleFunction;
import thalweg.formula.Clock;
import thalweg.formula.Described;
import thalweg.formula.Schedule;
import thalweg.formula.ScheduleText;

/** The base times a function of the step, in Java. A checkpoint does not hold it. */
@Described(
    value = "base times a Java function of the step",
    paper = "PyTorch, torch.optim.lr_scheduler.LambdaLR",
    formula = "base * f(k)")
public record Lambda(LongToDoubleFunction factor) implements Schedule {
  @Override
  public String name() {
    return "lambda";
  }

  @Override
  public double at(double base, long step, Clock clock) {
    return base * factor.applyAsDouble(step);
  }

  @Override
  public String toString() {
    return ScheduleText.of(this);
  }
}
