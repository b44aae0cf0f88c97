package thalweg.schedule;

import java.util.List;
import java.util.function.LongToDoubleFunction;
import thalweg.formula.Clock;
import thalweg.formula.Described;
import thalweg.formula.Schedule;
import thalweg.formula.ScheduleText;

/**
 * The base times all values of a function so far, in Java. A checkpoint does not hold it; the
 * product is made anew, in the same order.
 */
@Described(
    value = "base times the product of a Java function over the steps",
    paper = "PyTorch, torch.optim.lr_scheduler.MultiplicativeLR",
    formula = "base * f(1) * ... * f(k)")
public record Multiplicative(LongToDoubleFunction factor) implements Schedule.Remembering {
  @Override
  public String name() {
    return "multiplicative";
  }

  @Override
  public double at(double base, long step, Clock clock) {
    double[] known = clock.memory(this); // a product up to a step, which saves making it anew
    long from = 0;
    double product = base;
    if (known != null && known[0] <= step && known[2] == base) {
      from = (long) known[0];
      product = known[1];
    }
    for (long k = from + 1; k <= step; k++) {
      product *= factor.applyAsDouble(k);
    }
    if (known != null) {
      known[0] = step;
      known[1] = product;
      known[2] = base;
    }
    return product;
  }

  @Override
  public List<String> remembers() {
    return List.of();
  }

  @Override
  public double[] start() {
    return new double[] {0, Double.NaN, Double.NaN};
  }

  @Override
  public void report(double metric, double[] memory) {
    // it knows only steps
  }

  @Override
  public String toString() {
    return ScheduleText.of(this);
  }
}
