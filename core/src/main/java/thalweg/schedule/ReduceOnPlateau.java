package thalweg.schedule;

import java.util.List;
import thalweg.formula.Clock;
import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Schedule;
import thalweg.formula.ScheduleText;

/**
 * Reduces the rate when a metric has stopped getting better. The metric comes from {@link
 * Clock#report}; what it remembers of it is in the checkpoint.
 *
 * @param patience reports that may be no better before a reduction
 * @param cooldown reports after a reduction that do not count
 * @param eps the least change of the rate that is made
 */
@Described(
    value = "times factor when a reported metric has not got better for patience reports",
    paper = "PyTorch, torch.optim.lr_scheduler.ReduceLROnPlateau",
    formula =
        "after each reduction: rate <- max(rate * factor, min_lr), where that is more than eps"
            + " less",
    differs = {
      "every report counts from the first on, also while a warm-up in front of it is in force"
    })
public record ReduceOnPlateau(
    @Hyperparameter("min") ReduceOnPlateau.Mode mode,
    @Hyperparameter(value = "0.1", range = "[0, 1)") double factor,
    @Hyperparameter(value = "10", range = "[0, inf)") long patience,
    @Hyperparameter(value = "1e-4", range = "(-inf, inf)") double threshold,
    @Hyperparameter("rel") ReduceOnPlateau.ThresholdMode thresholdMode,
    @Hyperparameter(value = "0", range = "[0, inf)") long cooldown,
    @Hyperparameter(value = "0", range = "(-inf, inf)") double minLr,
    @Hyperparameter(value = "1e-8", range = "[0, inf)") double eps)
    implements Schedule.Remembering {
  private static final int BEST = 0;
  private static final int BAD = 1;
  private static final int COOLING = 2;
  private static final int REDUCTIONS = 3;

  /** Whether less or more is better. */
  public enum Mode {
    MIN,
    MAX
  }

  /** Whether the threshold is a part of the best or a distance from it. */
  public enum ThresholdMode {
    REL,
    ABS
  }

  public ReduceOnPlateau {
    Hyperparameters.check(
        ReduceOnPlateau.class,
        mode,
        factor,
        patience,
        threshold,
        thresholdMode,
        cooldown,
        minLr,
        eps);
  }

  /** With PyTorch's defaults. */
  public static ReduceOnPlateau standard() {
    return Hyperparameters.standard(ReduceOnPlateau.class);
  }

  public ReduceOnPlateau mode(Mode value) {
    return Hyperparameters.changed(this, "mode", value);
  }

  public ReduceOnPlateau factor(double value) {
    return Hyperparameters.changed(this, "factor", value);
  }

  public ReduceOnPlateau patience(long value) {
    return Hyperparameters.changed(this, "patience", value);
  }

  public ReduceOnPlateau threshold(double value) {
    return Hyperparameters.changed(this, "threshold", value);
  }

  public ReduceOnPlateau thresholdMode(ThresholdMode value) {
    return Hyperparameters.changed(this, "threshold_mode", value);
  }

  public ReduceOnPlateau cooldown(long value) {
    return Hyperparameters.changed(this, "cooldown", value);
  }

  public ReduceOnPlateau minLr(double value) {
    return Hyperparameters.changed(this, "min_lr", value);
  }

  public ReduceOnPlateau eps(double value) {
    return Hyperparameters.changed(this, "eps", value);
  }

  @Override
  public String name() {
    return "reduce_on_plateau";
  }

  @Override
  public double at(double base, long step, Clock clock) {
    double[] memory = clock.memory(this);
    double rate = base;
    for (int i = 0; memory != null && i < memory[REDUCTIONS]; i++) {
      double reduced = Math.max(rate * factor, minLr);
      if (!(rate - reduced > eps)) {
        break; // nor will it later
      }
      rate = reduced;
    }
    return rate;
  }

  @Override
  public List<String> remembers() {
    return List.of("best", "num_bad_epochs", "cooldown_counter", "reductions");
  }

  @Override
  public double[] start() {
    double worst = mode == Mode.MIN ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    return new double[] {worst, 0, 0, 0};
  }

  @Override
  public void report(double metric, double[] memory) {
    if (isBetter(metric, memory[BEST])) {
      memory[BEST] = metric;
      memory[BAD] = 0;
    } else {
      memory[BAD]++;
    }
    if (memory[COOLING] > 0) {
      memory[COOLING]--;
      memory[BAD] = 0;
    }
    if (memory[BAD] > patience) {
      memory[REDUCTIONS]++;
      memory[COOLING] = cooldown;
      memory[BAD] = 0;
    }
  }

  private boolean isBetter(double metric, double best) {
    return switch (thresholdMode) {
      case REL ->
          mode == Mode.MIN ? metric < best * (1 - threshold) : metric > best * (threshold + 1);
      case ABS -> mode == Mode.MIN ? metric < best - threshold : metric > best + threshold;
    };
  }

  @Override
  public String toString() {
    return ScheduleText.of(this);
  }
}
