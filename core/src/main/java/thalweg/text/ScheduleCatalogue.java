package thalweg.text;

import java.util.List;
import java.util.Optional;
import thalweg.schedule.Chained;
import thalweg.schedule.Constant;
import thalweg.schedule.CosineAnnealing;
import thalweg.schedule.CosineAnnealingWarmRestarts;
import thalweg.schedule.Cyclic;
import thalweg.schedule.Exponential;
import thalweg.schedule.InverseSqrt;
import thalweg.schedule.Lambda;
import thalweg.schedule.Linear;
import thalweg.schedule.MultiStep;
import thalweg.schedule.Multiplicative;
import thalweg.schedule.Noam;
import thalweg.schedule.OneCycle;
import thalweg.schedule.Polynomial;
import thalweg.schedule.ReduceOnPlateau;
import thalweg.schedule.Sequential;
import thalweg.schedule.StepDecay;
import thalweg.schedule.Warmup;
import thalweg.schedule.Wsd;

/** Every schedule that has a text form. To add one, add its line. */
public final class ScheduleCatalogue {
  private static final List<ScheduleEntry> ENTRIES =
      List.of(
          ScheduleEntry.of("constant", Constant.class),
          ScheduleEntry.of("step", StepDecay.class),
          ScheduleEntry.of("multi_step", MultiStep.class),
          ScheduleEntry.of("exponential", Exponential.class),
          ScheduleEntry.of("linear", Linear.class),
          ScheduleEntry.of("polynomial", Polynomial.class),
          ScheduleEntry.of("cosine_annealing", CosineAnnealing.class),
          ScheduleEntry.of("cosine_annealing_warm_restarts", CosineAnnealingWarmRestarts.class),
          ScheduleEntry.of("cyclic", Cyclic.class),
          ScheduleEntry.of("one_cycle", OneCycle.class),
          ScheduleEntry.of("inverse_sqrt", InverseSqrt.class),
          ScheduleEntry.of("noam", Noam.class),
          ScheduleEntry.of("wsd", Wsd.class),
          ScheduleEntry.of("warmup", Warmup.class),
          ScheduleEntry.of("sequential", Sequential.class),
          ScheduleEntry.of("chained", Chained.class),
          ScheduleEntry.of("reduce_on_plateau", ReduceOnPlateau.class),
          ScheduleEntry.of("lambda", Lambda.class),
          ScheduleEntry.of("multiplicative", Multiplicative.class));

  private ScheduleCatalogue() {}

  /** All schedules, in the order the documentation shows them. */
  public static List<ScheduleEntry> entries() {
    return ENTRIES;
  }

  /** The schedule with this text name. */
  public static Optional<ScheduleEntry> find(String id) {
    return ENTRIES.stream().filter(entry -> entry.id().equals(id)).findFirst();
  }

  /** All text names. */
  public static List<String> ids() {
    return ENTRIES.stream().map(ScheduleEntry::id).toList();
  }
}
