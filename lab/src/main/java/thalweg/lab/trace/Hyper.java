package thalweg.lab.trace;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import thalweg.formula.Chain;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Scheduled;
import thalweg.formula.Transformation;
import thalweg.lab.schedule.LearningRate;

/** A numeric hyperparameter of a rule by its name: of a chain, that of the last link with one. */
final class Hyper {
  private Hyper() {}

  /** The names there are. */
  static Set<String> names(Transformation rule) {
    Set<String> names = new LinkedHashSet<>();
    for (Transformation link : LearningRate.links(rule)) {
      for (Hyperparameters.Component component : Hyperparameters.of(link).list()) {
        if (component.isNumber()) {
          names.add(component.name());
        }
      }
    }
    return names;
  }

  /**
   * The rule with another value, to the nearest where that is a whole number. Of a scheduled
   * learning rate it is the base; any other schedule gives way.
   *
   * @throws IllegalArgumentException if the value is out of range, or there is none of this name
   */
  static Transformation with(Transformation rule, String name, double value) {
    if (name.equals("lr")) {
      return LearningRate.with(rule, value);
    }
    List<Transformation> links = new ArrayList<>(LearningRate.links(rule));
    for (int i = links.size() - 1; i >= 0; i--) {
      for (Hyperparameters.Component component : Hyperparameters.of(links.get(i)).list()) {
        if (component.name().equals(name)) {
          links.set(i, Scheduled.with(links.get(i), name, component.number(value)));
          return rule instanceof Chain ? new Chain(links) : links.getFirst();
        }
      }
    }
    throw new IllegalArgumentException("%s has no '%s'".formatted(rule.name(), name));
  }
}
