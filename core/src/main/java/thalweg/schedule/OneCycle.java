package thalweg.schedule;

import java.util.OptionalDouble;
import thalweg.formula.Clock;
import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Schedule;
import thalweg.formula.ScheduleEndException;
import thalweg.formula.ScheduleText;

/**
 * One rise to a high rate and one fall far below the first, in so many steps; the momentum falls
 * and rises. Ends after its steps.
 *
 * @param maxLr the highest rate; the base where it is not given
 * @param totalSteps {@code epochs * stepsPerEpoch} where it is not given
 * @param pctStart the part of the steps that rises
 */
@Described(
    value =
        "one rise to max_lr and one fall to far below the start; the momentum goes the other way",
    paper =
        "Smith and Topin 2018, Super-Convergence: Very Fast Training of Neural Networks Using Large"
            + " Learning Rates; as PyTorch's OneCycleLR",
    formula =
        "from max_lr / div_factor to max_lr at k = pct_start * total_steps - 1, then to max_lr /"
            + " div_factor / final_div_factor at k = total_steps - 1, along half cosines or lines;"
            + " three_phase: back to the start first",
    differs = {
      "it ends after total_steps updates; PyTorch lets one more pass, beyond the last phase"
    })
public record OneCycle(
    @Hyperparameter(value = "none", range = "[0, inf)") double maxLr,
    @Hyperparameter(value = "none", range = "[1, inf)") long totalSteps,
    @Hyperparameter(value = "none", range = "[1, inf)") long epochs,
    @Hyperparameter(value = "none", range = "[1, inf)") long stepsPerEpoch,
    @Hyperparameter(value = "0.3", range = "[0, 1]") double pctStart,
    @Hyperparameter("cos") OneCycle.AnnealStrategy annealStrategy,
    @Hyperparameter("true") boolean cycleMomentum,
    @Hyperparameter(value = "0.85", range = "[0, inf)") double baseMomentum,
    @Hyperparameter(value = "0.95", range = "[0, inf)") double maxMomentum,
    @Hyperparameter(value = "25", range = "(0, inf)") double divFactor,
    @Hyperparameter(value = "1e4", range = "(0, inf)") double finalDivFactor,
    @Hyperparameter("false") boolean threePhase)
    implements Schedule {
  /** The form of the ways up and down. */
  public enum AnnealStrategy {
    COS,
    LINEAR
  }

  public OneCycle {
    Hyperparameters.check(
        OneCycle.class,
        maxLr,
        totalSteps,
        epochs,
        stepsPerEpoch,
        pctStart,
        annealStrategy,
        cycleMomentum,
        baseMomentum,
        maxMomentum,
        divFactor,
        finalDivFactor,
        threePhase);
    if (totalSteps < 0 && (epochs < 0 || stepsPerEpoch < 0)) {
      throw new IllegalArgumentException(
          "one_cycle needs total_steps, or epochs and steps_per_epoch; write total_steps=…");
    }
  }

  /** To this rate, in so many steps. */
  public static OneCycle to(double maxLr, long totalSteps) {
    return new OneCycle(
        maxLr, totalSteps, -1, -1, 0.3, AnnealStrategy.COS, true, 0.85, 0.95, 25, 1e4, false);
  }

  public OneCycle pctStart(double value) {
    return Hyperparameters.changed(this, "pct_start", value);
  }

  public OneCycle annealStrategy(AnnealStrategy value) {
    return Hyperparameters.changed(this, "anneal_strategy", value);
  }

  /** Whether it drives the momentum too. */
  public OneCycle cycleMomentum(boolean value) {
    return Hyperparameters.changed(this, "cycle_momentum", value);
  }

  public OneCycle baseMomentum(double value) {
    return Hyperparameters.changed(this, "base_momentum", value);
  }

  public OneCycle maxMomentum(double value) {
    return Hyperparameters.changed(this, "max_momentum", value);
  }

  public OneCycle divFactor(double value) {
    return Hyperparameters.changed(this, "div_factor", value);
  }

  public OneCycle finalDivFactor(double value) {
    return Hyperparameters.changed(this, "final_div_factor", value);
  }

  public OneCycle threePhase(boolean value) {
    return Hyperparameters.changed(this, "three_phase", value);
  }

  @Override
  public String name() {
    return "one_cycle";
  }

  @Override
  public OptionalDouble base() {
    return Double.isNaN(maxLr) ? OptionalDouble.empty() : OptionalDouble.of(maxLr);
  }

  @Override
  public Schedule from(double base) {
    return Hyperparameters.changed(this, "max_lr", base);
  }

  @Override
  public long span() {
    return totalSteps > 0 ? totalSteps : epochs * stepsPerEpoch;
  }

  @Override
  public double at(double base, long step, Clock clock) {
    double most = Double.isNaN(maxLr) ? base : maxLr;
    double start = most / divFactor;
    return along(
        step, start, most, threePhase ? start : start / finalDivFactor, start / finalDivFactor);
  }

  @Override
  public boolean drivesMomentum() {
    return cycleMomentum;
  }

  @Override
  public double momentumAt(double momentum, long step, Clock clock) {
    return cycleMomentum
        ? along(step, maxMomentum, baseMomentum, maxMomentum, maxMomentum)
        : momentum;
  }

  /**
   * From the first through the second to the third, and to the last where there is a phase left.
   */
  private double along(long step, double first, double second, double third, double last) {
    long total = span();
    if (step >= total) {
      throw new ScheduleEndException(
          toString(), total, step, "make total_steps larger, or say what follows:");
    }
    double up = pctStart * total - 1;
    if (step <= up) {
      return between(first, second, step, 0, up);
    }
    double down = threePhase ? 2 * pctStart * total - 2 : total - 1.0;
    return step <= down || !threePhase
        ? between(second, third, step, up, down)
        : between(third, last, step, down, total - 1.0);
  }

  private double between(double from, double to, double step, double begin, double end) {
    double part = end == begin ? 1 : (step - begin) / (end - begin);
    return switch (annealStrategy) {
      case COS -> to + (from - to) / 2 * (Math.cos(Math.PI * part) + 1);
      case LINEAR -> (to - from) * part + from;
    };
  }

  @Override
  public String toString() {
    return ScheduleText.of(this);
  }
}
