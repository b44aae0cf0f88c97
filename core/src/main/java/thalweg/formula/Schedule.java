package thalweg.formula;

import java.util.List;
import java.util.OptionalDouble;

/**
 * A value for each update: a pure function of how far training is, so that a run that was
 * interrupted goes on as if it had not been. What cannot be pure, such as a plateau of a metric,
 * keeps its memory in the {@link Clock}.
 *
 * <p>Implementations are records. {@link #toString} is the text form, which reads back as an equal
 * one.
 */
public interface Schedule {
  /** The span of what goes on for ever. */
  long ENDLESS = Long.MAX_VALUE;

  /** Its name in text form, such as {@code cosine_annealing}. */
  String name();

  /**
   * The value at a step. Allocates nothing.
   *
   * @param base the value it departs from: {@link #base} of the whole where it has one, else the
   *     configured rate
   * @param step 0 at the first update, or epoch where it counts these
   * @throws ScheduleEndException if it has no value there
   */
  double at(double base, long step, Clock clock);

  /**
   * The base it brings along; empty where the hyperparameter's own value is its base. That of a
   * composition is the first that a part brings, and holds for all parts that bring none.
   */
  default OptionalDouble base() {
    return OptionalDouble.empty();
  }

  /** How many steps it takes by itself, for what follows it; {@link #ENDLESS} if any number. */
  default long span() {
    return ENDLESS;
  }

  /** This one with a base of its own. */
  default Schedule from(double base) {
    return new From(base, this);
  }

  /** What it is made of. */
  default List<Schedule> parts() {
    return List.of();
  }

  /** Whether it drives the momentum beside the rate. */
  default boolean drivesMomentum() {
    return parts().stream().anyMatch(Schedule::drivesMomentum);
  }

  /**
   * The momentum at a step.
   *
   * @param momentum the configured one
   */
  default double momentumAt(double momentum, long step, Clock clock) {
    return momentum;
  }

  /** Whether its own steps are epochs. */
  default boolean countsEpochs() {
    return false;
  }

  /** This one for its {@link #span}, then another that begins at its own step 0. */
  default Schedule then(Schedule next) {
    return this instanceof PerEpoch(Schedule first) && next instanceof PerEpoch(Schedule second)
        ? new PerEpoch(first.then(second))
        : new Then(this, next);
  }

  /** Another on top: it gets this one's value as its base, at the same time. */
  default Schedule times(Schedule other) {
    return new Times(this, other);
  }

  /** This one for {@code steps} steps, whatever its span. */
  default Schedule until(long steps) {
    return this instanceof PerEpoch(Schedule inner)
        ? new PerEpoch(inner.until(steps))
        : new Until(this, steps);
  }

  /** This one with epochs as its steps. */
  default Schedule perEpoch() {
    return countsEpochs() ? this : new PerEpoch(this);
  }

  /** One that remembers what happened; equal ones see the same and so share a memory. */
  interface Remembering extends Schedule {
    /** The names of what it remembers that a checkpoint keeps, in order. */
    List<String> remembers();

    /** The memory before anything has happened. */
    double[] start();

    /** Takes a metric in. */
    void report(double metric, double[] memory);
  }

  /** A schedule with its own base. */
  record From(double value, Schedule schedule) implements Schedule {
    public From {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException(
            "the base of %s must be finite, got %s".formatted(schedule.name(), Digits.of(value)));
      }
    }

    @Override
    public String name() {
      return schedule.name();
    }

    @Override
    public double at(double base, long step, Clock clock) {
      return schedule.at(value, step, clock);
    }

    @Override
    public OptionalDouble base() {
      return OptionalDouble.of(value);
    }

    @Override
    public long span() {
      return schedule.span();
    }

    @Override
    public Schedule from(double base) {
      return new From(base, schedule);
    }

    @Override
    public List<Schedule> parts() {
      return List.of(schedule);
    }

    @Override
    public double momentumAt(double momentum, long step, Clock clock) {
      return schedule.momentumAt(momentum, step, clock);
    }

    @Override
    public String toString() {
      return ScheduleText.of(schedule, "base=" + Digits.of(value));
    }
  }

  /** One after the other. */
  record Then(Schedule first, Schedule second) implements Schedule {
    public Then {
      if (first.span() == ENDLESS) {
        throw new IllegalArgumentException(
            "%s has no end of its own to put 'then' after; write %s.until(n).then(...)"
                .formatted(first.name(), first));
      }
      if (first.countsEpochs() && !second.countsEpochs()) {
        throw new IllegalArgumentException(
            "%s counts epochs and %s updates, so it is open at which update it begins; write"
                    .formatted(first.name(), second.name())
                + " %s.per_epoch(), or a product with times".formatted(second));
      }
    }

    @Override
    public String name() {
      return "then";
    }

    @Override
    public double at(double base, long step, Clock clock) {
      return step < first.span()
          ? first.at(base, step, clock)
          : second.at(base, step - first.span(), clock);
    }

    @Override
    public double momentumAt(double momentum, long step, Clock clock) {
      return step < first.span()
          ? first.momentumAt(momentum, step, clock)
          : second.momentumAt(momentum, step - first.span(), clock);
    }

    @Override
    public OptionalDouble base() {
      OptionalDouble base = first.base();
      return base.isPresent() ? base : second.base();
    }

    @Override
    public long span() {
      return second.span() == ENDLESS || second.countsEpochs()
          ? ENDLESS
          : first.span() + second.span();
    }

    @Override
    public Schedule from(double base) {
      return new Then(first.from(base), second);
    }

    @Override
    public List<Schedule> parts() {
      return List.of(first, second);
    }

    @Override
    public String toString() {
      return first + ".then(" + second + ")";
    }
  }

  /** One on top of the other. */
  record Times(Schedule first, Schedule second) implements Schedule {
    public Times {
      if (second.base().isPresent()) {
        throw new IllegalArgumentException(
            "%s stands on top of another and takes that one's value for its base; give the base to"
                    .formatted(second)
                + " the first");
      }
    }

    @Override
    public String name() {
      return "times";
    }

    @Override
    public double at(double base, long step, Clock clock) {
      return second.at(first.at(base, step, clock), step, clock);
    }

    @Override
    public double momentumAt(double momentum, long step, Clock clock) {
      return second.momentumAt(first.momentumAt(momentum, step, clock), step, clock);
    }

    @Override
    public OptionalDouble base() {
      return first.base();
    }

    @Override
    public Schedule from(double base) {
      return new Times(first.from(base), second);
    }

    @Override
    public List<Schedule> parts() {
      return List.of(first, second);
    }

    @Override
    public boolean countsEpochs() {
      return first.countsEpochs() && second.countsEpochs();
    }

    @Override
    public String toString() {
      return first + ".times(" + second + ")";
    }
  }

  /** One that ends. */
  record Until(Schedule schedule, long steps) implements Schedule {
    public Until {
      if (steps < 1) {
        throw new IllegalArgumentException("until must be at least 1 step, got " + steps);
      }
    }

    @Override
    public String name() {
      return schedule.name();
    }

    @Override
    public double at(double base, long step, Clock clock) {
      if (step >= steps) {
        throw new ScheduleEndException(toString(), steps, step, "nothing follows it; add");
      }
      return schedule.at(base, step, clock);
    }

    @Override
    public double momentumAt(double momentum, long step, Clock clock) {
      return schedule.momentumAt(momentum, step, clock);
    }

    @Override
    public OptionalDouble base() {
      return schedule.base();
    }

    @Override
    public long span() {
      return steps;
    }

    @Override
    public Schedule from(double base) {
      return new Until(schedule.from(base), steps);
    }

    @Override
    public List<Schedule> parts() {
      return List.of(schedule);
    }

    @Override
    public boolean countsEpochs() {
      return schedule.countsEpochs();
    }

    @Override
    public String toString() {
      return schedule + ".until(" + steps + ")";
    }
  }

  /** One whose steps are epochs, counted from the beginning of training. */
  record PerEpoch(Schedule schedule) implements Schedule {
    @Override
    public String name() {
      return schedule.name();
    }

    @Override
    public double at(double base, long step, Clock clock) {
      return schedule.at(base, clock.epochs(), clock);
    }

    @Override
    public double momentumAt(double momentum, long step, Clock clock) {
      return schedule.momentumAt(momentum, clock.epochs(), clock);
    }

    @Override
    public OptionalDouble base() {
      return schedule.base();
    }

    @Override
    public long span() {
      return schedule.span();
    }

    @Override
    public Schedule from(double base) {
      return new PerEpoch(schedule.from(base));
    }

    @Override
    public List<Schedule> parts() {
      return List.of(schedule);
    }

    @Override
    public boolean countsEpochs() {
      return true;
    }

    @Override
    public String toString() {
      return schedule + ".per_epoch()";
    }
  }
}
