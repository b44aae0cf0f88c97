package thalweg.formula;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import thalweg.formula.Hyperparameters.Component;

/**
 * A rule or transformation of which some hyperparameters follow schedules. Its formula is that of
 * the rule, of the kind it has where none of these is 0 or 1: terms do not come and go on the way.
 *
 * @param rule with the base of each schedule for a value
 * @param schedules by the name of the hyperparameter; every one has a base
 */
public record Scheduled(Transformation rule, Map<String, Schedule> schedules)
    implements Transformation {
  /** Values to take where a formula must not be that of 0. */
  private static final double[] GENERIC = {0.3711, 0.7322, 1.3711, 3, 5, 7, -0.3711, -0.7322};

  public Scheduled {
    if (rule instanceof Scheduled || rule instanceof Chain) {
      throw new IllegalArgumentException(
          "a %s has no hyperparameters of its own to schedule; schedule its links"
              .formatted(rule.name()));
    }
    schedules = Map.copyOf(schedules);
  }

  static Scheduled of(Transformation rule, String name, Schedule schedule) {
    if (rule instanceof Chain) {
      throw new IllegalArgumentException(
          "a chain has no hyperparameter '%s' of its own; schedule it in its link".formatted(name));
    }
    Component component = Hyperparameters.of(rule).get(name);
    if (!component.isNumber()) {
      throw new IllegalArgumentException(
          "%s.%s is %s; a schedule drives numbers, got %s"
              .formatted(rule.name(), name, component.kind(), schedule));
    }
    Transformation plain = plain(rule);
    Object own = Hyperparameters.get(plain, name);
    OptionalDouble base = schedule.base();
    Schedule based = base.isPresent() ? schedule : schedule.from(((Number) own).doubleValue());
    Object value = base.isPresent() ? component.number(base.getAsDouble()) : own;
    component.check(rule.name(), value);
    Map<String, Schedule> all = new LinkedHashMap<>();
    if (rule instanceof Scheduled scheduled) {
      all.putAll(scheduled.schedules);
    }
    all.put(name, based);
    return new Scheduled(Hyperparameters.with(plain, name, value), all);
  }

  /** The rule without its schedules. */
  public static Transformation plain(Transformation rule) {
    return rule instanceof Scheduled scheduled ? scheduled.rule : rule;
  }

  /** A rule with one hyperparameter changed: to a schedule, or to a value in place of any. */
  public static Transformation with(Transformation rule, String name, Object value) {
    return value instanceof Schedule schedule
        ? of(rule, name, schedule)
        : Hyperparameters.with(rule, name, value);
  }

  /** This with one hyperparameter changed: to a schedule, or to a value in place of any. */
  Transformation with(String name, Object value) {
    if (value instanceof Schedule schedule) {
      return of(this, name, schedule);
    }
    Map<String, Schedule> left = new LinkedHashMap<>(schedules);
    left.remove(name);
    Transformation changed = Hyperparameters.with(rule, name, value);
    return left.isEmpty() ? changed : new Scheduled(changed, left);
  }

  @Override
  public String name() {
    return rule.name();
  }

  @Override
  public Tensor apply(Tensor direction, Step step) {
    return general().apply(direction, step);
  }

  /** The hyperparameter that momentum of a cycle drives beside the rate; empty if there is none. */
  public static String momentum(Transformation rule) {
    var names = Hyperparameters.of(rule).names();
    return names.contains("momentum") ? "momentum" : names.contains("beta1") ? "beta1" : "";
  }

  /** The rule with something other than 0 and 1, at which terms fall away, for what changes. */
  private Transformation general() {
    Transformation general = rule;
    for (Component component : Hyperparameters.of(rule).list()) {
      if (changes(component.name())) {
        double value = ((Number) Hyperparameters.get(rule, component.name())).doubleValue();
        general = value == 0 || value == 1 ? generic(general, component, 0) : general;
      }
    }
    return general;
  }

  /** Whether it is another number at another step; the rate stands in its terms at any value. */
  private boolean changes(String name) {
    Schedule rate = schedules.get("lr");
    return schedules.containsKey(name) && !name.equals("lr")
        || rate != null && rate.drivesMomentum() && name.equals(momentum(rule));
  }

  /**
   * A rule with a value for one of its numbers that means nothing: neither 0, nor the default.
   *
   * @param which 0 or more: they differ
   * @return the rule as it is if it takes no such value
   */
  public static Transformation generic(Transformation rule, Component component, int which) {
    int found = 0;
    for (double value : GENERIC) {
      boolean fits = component.type() == double.class || value == Math.rint(value);
      if (!fits || !component.contains(value)) {
        continue;
      }
      try {
        Transformation changed =
            Hyperparameters.with(rule, component.name(), component.number(value));
        if (found++ == which) {
          return changed;
        }
      } catch (IllegalArgumentException _) {
        // two hyperparameters that must fit each other; another value may
      }
    }
    return rule;
  }
}
