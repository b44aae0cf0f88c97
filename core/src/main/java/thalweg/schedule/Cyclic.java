package thalweg.schedule;

import java.util.OptionalDouble;
import thalweg.formula.Clock;
import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Schedule;
import thalweg.formula.ScheduleText;

/**
 * Up and down in straight lines between two rates, again and again; the momentum goes down and up.
 *
 * @param baseLr the lower rate; the base where it is not given
 * @param stepSizeDown as long as the way up where it is not given
 * @param scaleMode what the cycles' heights depend on: in PyTorch only a function of one's own asks
 *     for it, the modes have theirs
 */
@Described(
    value = "triangles between base_lr and max_lr; the momentum goes the other way",
    paper =
        "Smith 2017, Cyclical Learning Rates for Training Neural Networks, section 3; as PyTorch's"
            + " CyclicLR",
    formula =
        "base_lr + (max_lr - base_lr) * h * f; h rises from 0 to 1 in step_size_up steps and falls"
            + " in step_size_down; f: triangular 1, triangular2 2^-c in cycle c = 0, 1, ...,"
            + " exp_range gamma^k",
    differs = {
      "scale_mode is read and has no effect, as in PyTorch without a scale_fn; for a scale_fn write"
          + " the schedule as a lambda in Java"
    })
public record Cyclic(
    @Hyperparameter(value = "none", range = "[0, inf)") double baseLr,
    @Hyperparameter(range = "[0, inf)") double maxLr,
    @Hyperparameter(value = "2000", range = "(0, inf)") double stepSizeUp,
    @Hyperparameter(value = "none", range = "(0, inf)") double stepSizeDown,
    @Hyperparameter("triangular") Cyclic.Mode mode,
    @Hyperparameter(value = "1", range = "[0, inf)") double gamma,
    @Hyperparameter("cycle") Cyclic.ScaleMode scaleMode,
    @Hyperparameter("true") boolean cycleMomentum,
    @Hyperparameter(value = "0.8", range = "[0, inf)") double baseMomentum,
    @Hyperparameter(value = "0.9", range = "[0, inf)") double maxMomentum)
    implements Schedule {
  /** How the height of the triangles changes. */
  public enum Mode {
    TRIANGULAR,
    TRIANGULAR2,
    EXP_RANGE
  }

  /** What a scale function would be of. */
  public enum ScaleMode {
    CYCLE,
    ITERATIONS
  }

  public Cyclic {
    Hyperparameters.check(
        Cyclic.class,
        baseLr,
        maxLr,
        stepSizeUp,
        stepSizeDown,
        mode,
        gamma,
        scaleMode,
        cycleMomentum,
        baseMomentum,
        maxMomentum);
  }

  /** Between the base and {@code maxLr}, so many steps up and as many down. */
  public static Cyclic between(double baseLr, double maxLr, double stepSizeUp) {
    return new Cyclic(
        baseLr, maxLr, stepSizeUp, Double.NaN, Mode.TRIANGULAR, 1, ScaleMode.CYCLE, true, 0.8, 0.9);
  }

  public Cyclic stepSizeDown(double value) {
    return Hyperparameters.changed(this, "step_size_down", value);
  }

  public Cyclic mode(Mode value) {
    return Hyperparameters.changed(this, "mode", value);
  }

  public Cyclic gamma(double value) {
    return Hyperparameters.changed(this, "gamma", value);
  }

  /** Whether it drives the momentum too. */
  public Cyclic cycleMomentum(boolean value) {
    return Hyperparameters.changed(this, "cycle_momentum", value);
  }

  public Cyclic baseMomentum(double value) {
    return Hyperparameters.changed(this, "base_momentum", value);
  }

  public Cyclic maxMomentum(double value) {
    return Hyperparameters.changed(this, "max_momentum", value);
  }

  @Override
  public String name() {
    return "cyclic";
  }

  @Override
  public OptionalDouble base() {
    return Double.isNaN(baseLr) ? OptionalDouble.empty() : OptionalDouble.of(baseLr);
  }

  @Override
  public Schedule from(double base) {
    return Hyperparameters.changed(this, "base_lr", base);
  }

  @Override
  public double at(double base, long step, Clock clock) {
    double low = Double.isNaN(baseLr) ? base : baseLr;
    return low + (maxLr - low) * height(step);
  }

  @Override
  public boolean drivesMomentum() {
    return cycleMomentum;
  }

  @Override
  public double momentumAt(double momentum, long step, Clock clock) {
    return cycleMomentum ? maxMomentum - (maxMomentum - baseMomentum) * height(step) : momentum;
  }

  private double height(long step) {
    double total = stepSizeUp + (Double.isNaN(stepSizeDown) ? stepSizeUp : stepSizeDown);
    double up = stepSizeUp / total;
    double cycle = Math.floor(1 + step / total);
    double x = 1 + step / total - cycle;
    double triangle = x <= up ? x / up : (x - 1) / (up - 1);
    return triangle
        * switch (mode) {
          case TRIANGULAR -> 1;
          case TRIANGULAR2 -> 1 / Math.pow(2, cycle - 1);
          case EXP_RANGE -> Math.pow(gamma, (double) step);
        };
  }

  @Override
  public String toString() {
    return ScheduleText.of(this);
  }
}
