package thalweg.schedule;

import thalweg.formula.Clock;
import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Schedule;
import thalweg.formula.ScheduleText;

/** A straight line up to the base, then its inverse square root of the steps. */
@Described(
    value = "a straight line up to base, then falling as one over the root of the steps",
    paper =
        "Vaswani et al. 2017, Attention Is All You Need, section 5.3, with the peak as base; Zhai"
            + " et al. 2022, Scaling Vision Transformers",
    formula =
        "k < warmup_steps: base * k / warmup_steps; else base * sqrt(timescale / (k - warmup_steps"
            + " + timescale))",
    differs = {
      "timescale is warmup_steps where it is not given, 10000 without a warm-up, as in Transformers"
    })
public record InverseSqrt(
    @Hyperparameter(value = "0", range = "[0, inf)") long warmupSteps,
    @Hyperparameter(value = "none", range = "[1, inf)") long timescale)
    implements Schedule {
  private static final double WITHOUT_WARMUP = 10_000;

  public InverseSqrt {
    Hyperparameters.check(InverseSqrt.class, warmupSteps, timescale);
  }

  @Override
  public String name() {
    return "inverse_sqrt";
  }

  @Override
  public double at(double base, long step, Clock clock) {
    if (step < warmupSteps) {
      return base * step / warmupSteps;
    }
    double scale = timescale > 0 ? timescale : warmupSteps > 0 ? warmupSteps : WITHOUT_WARMUP;
    return base * Math.sqrt(scale / (step - warmupSteps + scale));
  }

  @Override
  public String toString() {
    return ScheduleText.of(this);
  }
}
