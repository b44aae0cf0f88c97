package thalweg.schedule;

import thalweg.formula.Clock;
import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Schedule;
import thalweg.formula.ScheduleText;

/** Half a cosine from the base down to a least value; goes up again behind it. */
@Described(
    value = "half a cosine from base to eta_min in T_max steps, then up again",
    paper =
        "Loshchilov and Hutter 2017, SGDR: Stochastic Gradient Descent with Warm Restarts, equation"
            + " 5, without restarts",
    formula = "eta_min + (base - eta_min) * (1 + cos(pi * k / T_max)) / 2",
    differs = {
      "behind T_max it rises again, as PyTorch does; Optax stays at the end. Write .until(n) or"
          + " .then(...) to stop there"
    })
public record CosineAnnealing(
    @Hyperparameter(range = "[1, inf)", name = "T_max") long tMax,
    @Hyperparameter(value = "0", range = "(-inf, inf)") double etaMin)
    implements Schedule {
  public CosineAnnealing {
    Hyperparameters.check(CosineAnnealing.class, tMax, etaMin);
  }

  @Override
  public String name() {
    return "cosine_annealing";
  }

  @Override
  public double at(double base, long step, Clock clock) {
    return etaMin + (base - etaMin) * (1 + Math.cos(Math.PI * step / tMax)) / 2;
  }

  @Override
  public long span() {
    return tMax;
  }

  /** With this value at the end. */
  public CosineAnnealing to(double value) {
    return new CosineAnnealing(tMax, value);
  }

  @Override
  public String toString() {
    return ScheduleText.of(this);
  }
}
