package thalweg.schedule;

import thalweg.formula.Clock;
import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Schedule;
import thalweg.formula.ScheduleText;

/** Half a cosine again and again, each longer than the one before. */
@Described(
    value =
        "half a cosine from base to eta_min, again and again, each T_mult times as long as the"
            + " last",
    paper =
        "Loshchilov and Hutter 2017, SGDR: Stochastic Gradient Descent with Warm Restarts, equation"
            + " 5",
    formula =
        "eta_min + (base - eta_min) * (1 + cos(pi * T_cur / T_i)) / 2, with T_i = T_0 * T_mult^i"
            + " and T_cur the steps since the last restart")
public record CosineAnnealingWarmRestarts(
    @Hyperparameter(range = "[1, inf)", name = "T_0") long t0,
    @Hyperparameter(value = "1", range = "[1, inf)", name = "T_mult") long tMult,
    @Hyperparameter(value = "0", range = "(-inf, inf)") double etaMin)
    implements Schedule {
  public CosineAnnealingWarmRestarts {
    Hyperparameters.check(CosineAnnealingWarmRestarts.class, t0, tMult, etaMin);
  }

  @Override
  public String name() {
    return "cosine_annealing_warm_restarts";
  }

  @Override
  public double at(double base, long step, Clock clock) {
    long length = t0;
    long inside = step;
    if (tMult == 1) {
      inside = step % t0;
    } else {
      while (inside >= length) {
        inside -= length;
        length = Math.multiplyExact(length, tMult);
      }
    }
    return etaMin + (base - etaMin) * (1 + Math.cos(Math.PI * inside / length)) / 2;
  }

  /** With this least value. */
  public CosineAnnealingWarmRestarts to(double value) {
    return new CosineAnnealingWarmRestarts(t0, tMult, value);
  }

  @Override
  public String toString() {
    return ScheduleText.of(this);
  }
}
