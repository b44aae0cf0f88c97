package thalweg.schedule;

import thalweg.formula.Clock;
import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Schedule;
import thalweg.formula.ScheduleEndException;
import thalweg.formula.ScheduleText;

/** Warm-up, a long stable stretch, and a decay; ends. */
@Described(
    value = "a line up to base, base for long, then a decay",
    paper = "Hu et al. 2024, MiniCPM: Unveiling the Potential of Small Language Models, equation 1",
    formula =
        "k < w: base * k / w; k < w + s: base; then base * (r + (1 - r) * f(p)), r = min_lr_ratio,"
            + " p = (k - w - s) / d; f(p): linear 1 - p, cosine (1 + cos(pi p)) / 2, sqrt 1 -"
            + " sqrt(p), exponential: r^p in place of the whole",
    differs = {
      "it ends after warmup_steps + stable_steps + decay_steps; Transformers stays at min_lr_ratio"
    })
public record Wsd(
    @Hyperparameter(range = "[0, inf)") long warmupSteps,
    @Hyperparameter(range = "[0, inf)") long stableSteps,
    @Hyperparameter(range = "[1, inf)") long decaySteps,
    @Hyperparameter(value = "linear") Wsd.Decay decay,
    @Hyperparameter(value = "0", range = "[0, inf)") double minLrRatio)
    implements Schedule {
  /** The form of the decay. */
  public enum Decay {
    LINEAR,
    COSINE,
    SQRT,
    EXPONENTIAL
  }

  public Wsd {
    Hyperparameters.check(Wsd.class, warmupSteps, stableSteps, decaySteps, decay, minLrRatio);
    if (decay == Decay.EXPONENTIAL && minLrRatio == 0) {
      throw new IllegalArgumentException(
          "wsd.min_lr_ratio must be above 0 for an exponential decay, got 0; try 0.1");
    }
  }

  @Override
  public String name() {
    return "wsd";
  }

  @Override
  public double at(double base, long step, Clock clock) {
    if (step < warmupSteps) {
      return base * step / warmupSteps;
    }
    long begin = warmupSteps + stableSteps;
    if (step < begin) {
      return base;
    }
    if (step >= span()) {
      throw new ScheduleEndException(
          toString(), span(), step, "make stable_steps larger, or say what follows:");
    }
    double part = (double) (step - begin) / decaySteps;
    return base
        * switch (decay) {
          case LINEAR -> least(1 - part);
          case COSINE -> least((1 + Math.cos(Math.PI * part)) / 2);
          case SQRT -> least(1 - Math.sqrt(part));
          case EXPONENTIAL -> Math.pow(minLrRatio, part);
        };
  }

  @Override
  public long span() {
    return warmupSteps + stableSteps + decaySteps;
  }

  private double least(double factor) {
    return minLrRatio + (1 - minLrRatio) * factor;
  }

  /** Ending in this multiple of the base. */
  public Wsd minLrRatio(double value) {
    return Hyperparameters.changed(this, "min_lr_ratio", value);
  }

  /** With a decay of this form. */
  public Wsd decay(Decay form) {
    return Hyperparameters.changed(this, "decay", form);
  }

  @Override
  public String toString() {
    return ScheduleText.of(this);
  }
}
