package thalweg.optimizer;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import thalweg.formula.Clock;
import thalweg.formula.Formula;
import thalweg.formula.Range;
import thalweg.formula.Remembered;
import thalweg.formula.Scalar;
import thalweg.formula.Schedule;
import thalweg.formula.ScheduleEndException;
import thalweg.formula.ScheduleException;
import thalweg.formula.Scheduled;
import thalweg.formula.State;
import thalweg.formula.Transformation;
import thalweg.plan.Plan;

/** The hyperparameters of one group that follow schedules, and where a step takes them from. */
final class Drives {
  private final String group;
  private final List<Drive> drives;

  /** One hyperparameter. What it is now and next changes at every step. */
  private static final class Drive {
    private final Link link;
    private final Schedule schedule;
    private final boolean momentum;
    private final double base;
    private final Range range;
    private final int[] slots;
    private double next;

    Drive(Link link, Schedule schedule, boolean momentum, double base, int[] slots) {
      this.link = link;
      this.schedule = schedule;
      this.momentum = momentum;
      this.base = base;
      this.range = Range.of(link.hyper().range());
      this.slots = slots;
      this.next = base;
    }

    double at(Clock clock) {
      double value =
          momentum
              ? schedule.momentumAt(base, clock.updates(), clock)
              : schedule.at(base, clock.updates(), clock);
      return link.hyper().type() == double.class ? value : Math.rint(value);
    }
  }

  private Drives(String group, List<Drive> drives) {
    this.group = group;
    this.drives = drives;
  }

  /**
   * Those of a rule.
   *
   * @throws IllegalArgumentException if a schedule cannot drive what it is given for
   */
  static Drives of(String group, Transformation rule, Formula formula) {
    List<Drive> drives = new ArrayList<>();
    for (Link link : Link.all(rule)) {
      if (!(link.link() instanceof Scheduled) || !(link.get() instanceof Schedule schedule)) {
        continue;
      }
      drives.add(drive(link, schedule, false, formula));
      if (link.hyper().name().equals("lr") && schedule.drivesMomentum()) {
        drives.add(drive(momentum(link, schedule), schedule, true, formula));
      }
    }
    return new Drives(group, drives);
  }

  private static Link momentum(Link rate, Schedule schedule) {
    String name = Scheduled.momentum(rate.link());
    if (name.isEmpty()) {
      throw new IllegalArgumentException(
          "%s has no momentum and no beta1 for %s to drive; write cycle_momentum=false"
              .formatted(rate.link().name(), schedule));
    }
    Link link = rate.sibling(name);
    if (link.get() instanceof Schedule other) {
      throw new IllegalArgumentException(
          "%s is driven by %s of lr and by %s; write cycle_momentum=false in the first"
              .formatted(link.fullName(), schedule.name(), other));
    }
    return link;
  }

  private static Drive drive(Link link, Schedule schedule, boolean momentum, Formula formula) {
    double base =
        momentum
            ? ((Number) link.get()).doubleValue()
            : schedule.base().orElseThrow(() -> new IllegalStateException(schedule.toString()));
    return new Drive(link, schedule, momentum, base, slots(link, formula));
  }

  /** Where among the arguments of the formula a hyperparameter arrives, unchanged. */
  private static int[] slots(Link link, Formula formula) {
    Transformation one = link.generic(0);
    Transformation other = link.generic(1);
    Formula written = Formula.of(one);
    double[] first = values(written);
    double[] second = values(Formula.of(other));
    if (one.equals(other) || !sameStructure(one, formula) || !sameStructure(other, formula)) {
      throw new IllegalArgumentException(
          "%s is part of the formula itself, so no schedule can drive it; set it between two steps"
              .formatted(link.fullName()));
    }
    int[] slots = IntStream.range(0, first.length).filter(i -> first[i] != second[i]).toArray();
    if (slots.length == 0) {
      boolean start = !initials(written).equals(initials(Formula.of(other)));
      throw new IllegalArgumentException(
          start
              ? "%s acts before the first update only, so no schedule can drive it; give it a number"
                  .formatted(link.fullName())
              : "%s stands in no line of the formula as it is set, so no schedule can drive it"
                  .formatted(link.fullName()));
    }
    return slots;
  }

  private static boolean sameStructure(Transformation changed, Formula formula) {
    Formula rewritten = Formula.of(changed);
    return Plan.of(rewritten).hasStructureOf(Plan.of(formula))
        && keys(rewritten).equals(keys(formula))
        && terms(rewritten).equals(terms(formula));
  }

  private static List<String> keys(Formula formula) {
    return Stream.concat(formula.states().stream(), formula.numbers().stream())
        .map(Remembered::key)
        .toList();
  }

  private static List<Integer> terms(Formula formula) {
    return formula.states().stream().map(State::terms).toList();
  }

  private static List<Double> initials(Formula formula) {
    return Stream.concat(formula.states().stream(), formula.numbers().stream())
        .map(Remembered::initial)
        .toList();
  }

  private static double[] values(Formula formula) {
    return formula.hypers().stream().mapToDouble(Scalar.Hyper::value).toArray();
  }

  /** The schedules, for the clock to follow. */
  List<Schedule> schedules() {
    return drives.stream().filter(drive -> !drive.momentum).map(drive -> drive.schedule).toList();
  }

  /**
   * Works out the values of the next update.
   *
   * @throws ScheduleException if a schedule has ended or leaves the range; nothing has changed
   */
  void compute(Clock clock) {
    for (int i = 0; i < drives.size(); i++) {
      Drive drive = drives.get(i);
      double value;
      try {
        value = drive.at(clock);
      } catch (ScheduleEndException e) {
        throw e.about("update %d, %s".formatted(clock.updates() + 1, place(drive)));
      }
      if (!drive.range.contains(value)) {
        throw new ScheduleException(
            "update %d: %s would be %s by %s; it must be %s"
                .formatted(
                    clock.updates() + 1,
                    place(drive),
                    Double.isFinite(value) ? Double.toString(value) : "no finite number: " + value,
                    drive.schedule,
                    drive.link.hyper().range().isEmpty()
                        ? "finite"
                        : "in " + drive.link.hyper().range()));
      }
      drive.next = value;
    }
  }

  private String place(Drive drive) {
    return "%s of group '%s'".formatted(drive.link.fullName(), group);
  }

  /** Hands the values over to the formula. */
  void write(double[] hypers) {
    for (int i = 0; i < drives.size(); i++) {
      Drive drive = drives.get(i);
      for (int slot : drive.slots) {
        hypers[slot] = drive.next;
      }
    }
  }

  /**
   * The value that the next update will have, and behind the end of a schedule the last one; empty
   * for what follows no schedule.
   */
  OptionalDouble value(String fullName, Clock clock) {
    for (Drive drive : drives) {
      if (drive.link.fullName().equals(fullName)) {
        try {
          return OptionalDouble.of(drive.at(clock));
        } catch (ScheduleEndException _) {
          return OptionalDouble.of(drive.next);
        }
      }
    }
    return OptionalDouble.empty();
  }
}
