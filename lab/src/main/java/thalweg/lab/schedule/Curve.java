package thalweg.lab.schedule;

import java.util.ArrayList;
import java.util.List;
import thalweg.formula.Chain;
import thalweg.formula.Clock;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Range;
import thalweg.formula.Schedule;
import thalweg.formula.ScheduleEndException;
import thalweg.formula.Scheduled;
import thalweg.formula.Transformation;
import thalweg.lab.BadInput;
import thalweg.text.Catalogue;
import thalweg.text.Nearest;
import thalweg.text.NumberText;
import thalweg.text.Specs;

/**
 * One schedule to follow.
 *
 * @param label what a legend calls it
 * @param of the hyperparameter it drives; {@code rate} for a schedule by itself
 * @param schedule with its base
 * @param base what it departs from
 * @param momentum whether it is the momentum beside a rate
 * @param range what the values must lie in, in text form
 */
public record Curve(
    String label, String of, Schedule schedule, double base, boolean momentum, String range) {
  private static final String RATE = "rate";
  private static final String RATES = "[0, inf)";

  /**
   * The schedules of a text: a schedule by itself, or an optimizer with all its scheduled
   * hyperparameters.
   *
   * @throws BadInput if an optimizer has none
   */
  public static List<Curve> of(String spec) {
    if (Specs.isSchedule(spec)) {
      Schedule schedule = Specs.parseSchedule(spec);
      return List.of(
          new Curve(spec.strip(), RATE, schedule, schedule.base().orElse(1), false, RATES));
    }
    if (!spec.contains("|") && Nearest.to(Specs.firstName(spec), Catalogue.ids()).isEmpty()) {
      Specs.parseSchedule(spec); // says what is wrong with its first name
    }
    List<Curve> curves = of(Specs.parse(spec));
    if (curves.isEmpty()) {
      throw new BadInput(
          "'%s' has no schedule; give it one as in sgd(lr=cosine_annealing(base=0.1, T_max=100))"
              .formatted(spec));
    }
    return curves;
  }

  /** All that schedules drive in a rule or chain, in order. */
  public static List<Curve> of(Transformation rule) {
    List<Transformation> links =
        rule instanceof Chain(List<Transformation> inner) ? inner : List.of(rule);
    List<Curve> curves = new ArrayList<>();
    for (Transformation link : links) {
      for (Hyperparameters.Component hyper : Hyperparameters.of(link).list()) {
        if (Hyperparameters.get(link, hyper.name()) instanceof Schedule schedule) {
          curves.add(curve(link, hyper, schedule, false));
          String momentum = Scheduled.momentum(link);
          if (hyper.name().equals("lr") && schedule.drivesMomentum() && !momentum.isEmpty()) {
            curves.add(curve(link, Hyperparameters.of(link).get(momentum), schedule, true));
          }
        }
      }
    }
    return curves;
  }

  private static Curve curve(
      Transformation link, Hyperparameters.Component hyper, Schedule schedule, boolean momentum) {
    Object own = Hyperparameters.get(Scheduled.plain(link), hyper.name());
    return new Curve(
        "%s.%s = %s".formatted(link.name(), hyper.name(), schedule),
        hyper.name(),
        schedule,
        ((Number) own).doubleValue(),
        momentum,
        hyper.range());
  }

  /** Whether it has no value for the next update any more. */
  boolean endsBefore(Clock clock) {
    try {
      schedule.at(base, clock.updates(), clock);
      return false;
    } catch (ScheduleEndException _) {
      return true;
    }
  }

  /** Whether somewhere in it epochs are counted. */
  public boolean needsEpochs() {
    return needsEpochs(schedule);
  }

  private static boolean needsEpochs(Schedule part) {
    return part.countsEpochs() || part.parts().stream().anyMatch(Curve::needsEpochs);
  }

  /** Whether somewhere in it a metric is waited for. */
  boolean waitsForMetrics() {
    return waitsForMetrics(schedule);
  }

  private static boolean waitsForMetrics(Schedule part) {
    return part instanceof Schedule.Remembering
        || part.parts().stream().anyMatch(Curve::waitsForMetrics);
  }

  /**
   * The value of the next update.
   *
   * @throws BadInput if the schedule has ended, or leaves the range
   */
  double at(Clock clock) {
    long step = clock.updates();
    double value;
    try {
      value = momentum ? schedule.momentumAt(base, step, clock) : schedule.at(base, step, clock);
    } catch (ScheduleEndException e) {
      throw new BadInput(String.valueOf(e.getMessage()), e);
    }
    if (!Range.of(range).contains(value)) {
      throw new BadInput(
          "%s would be %s at update %d by %s; it must be %s"
              .formatted(
                  of,
                  NumberText.of(value),
                  step + 1,
                  schedule,
                  range.isEmpty() ? "finite" : "in " + range));
    }
    return value;
  }
}
