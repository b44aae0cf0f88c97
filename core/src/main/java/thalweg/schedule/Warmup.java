package thalweg.schedule;

import thalweg.formula.Clock;
import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Schedule;
import thalweg.formula.ScheduleText;

/** Rises to the base over the first steps, and stays there: to stand in front of any other. */
@Described(
    value = "rises from base * start_factor to base in so many steps, then base",
    paper =
        "Goyal et al. 2017, Accurate, Large Minibatch SGD: Training ImageNet in 1 Hour, section"
            + " 2.2",
    formula =
        "k < steps: base * f, f = linear: s + (1 - s) k / n; constant: s; cosine: s + (1 - s) (1 -"
            + " cos(pi k / n)) / 2; exponential: s^(1 - k / n), with s = start_factor, n = steps;"
            + " then base",
    differs = {
      "it starts from 0, as in Optax and Transformers, so that the first update moves nothing;"
          + " start_factor says otherwise"
    })
public record Warmup(
    @Hyperparameter(range = "[1, inf)") long steps,
    @Hyperparameter(value = "linear") Warmup.Kind kind,
    @Hyperparameter(value = "0", range = "[0, inf)") double startFactor)
    implements Schedule {
  /** The form of the way up. */
  public enum Kind {
    LINEAR,
    CONSTANT,
    COSINE,
    EXPONENTIAL
  }

  public Warmup {
    Hyperparameters.check(Warmup.class, steps, kind, startFactor);
    if (kind == Kind.EXPONENTIAL && startFactor == 0) {
      throw new IllegalArgumentException(
          "warmup.start_factor must be above 0 for an exponential warm-up, got 0; try 0.01");
    }
  }

  @Override
  public String name() {
    return "warmup";
  }

  @Override
  public double at(double base, long step, Clock clock) {
    if (step >= steps) {
      return base;
    }
    double part = (double) step / steps;
    return base
        * switch (kind) {
          case LINEAR -> startFactor + (1 - startFactor) * part;
          case CONSTANT -> startFactor;
          case COSINE -> startFactor + (1 - startFactor) * (1 - Math.cos(Math.PI * part)) / 2;
          case EXPONENTIAL -> Math.pow(startFactor, 1 - part);
        };
  }

  @Override
  public long span() {
    return steps;
  }

  /** Of this kind, from this multiple of the base. */
  public Warmup kind(Kind form, double from) {
    return new Warmup(steps, form, from);
  }

  @Override
  public String toString() {
    return ScheduleText.of(this);
  }
}
