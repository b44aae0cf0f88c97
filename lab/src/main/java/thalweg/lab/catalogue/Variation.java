package thalweg.lab.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import thalweg.formula.FormulaException;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Hyperparameters.Component;
import thalweg.formula.Transformation;
import thalweg.print.Explanation;
import thalweg.text.CatalogueEntry;
import thalweg.text.NumberText;

/**
 * A setting in which a rule has another formula than by default: a switch turned, another choice,
 * or a number that leaves a term away at its default of 0 or infinity.
 *
 * @param setting what is set, such as {@code `nesterov=true`, `momentum` other than 0}
 */
record Variation(String setting, Explanation explained) {
  private static final double[] OTHERS = {0.1, 0.5, 2, 1, -1};

  /** One hyperparameter and a value that is not its default. */
  private record Option(Component component, Object value, String words) {
    Optional<Transformation> on(Transformation rule) {
      try {
        return Optional.of(Hyperparameters.with(rule, component.name(), value));
      } catch (IllegalArgumentException _) {
        return Optional.empty(); // the record refuses the combination
      }
    }
  }

  /** All variations of an entry, in the order of its hyperparameters. */
  static List<Variation> of(CatalogueEntry entry) {
    Transformation plain = entry.plain();
    List<String> standard = Explanation.of(plain).formula();
    List<Option> options =
        entry.hyperparameters().list().stream()
            .flatMap(component ->
                others(component, Hyperparameters.get(plain, component.name())).stream())
            .toList();
    List<Variation> found = new ArrayList<>();
    for (Option option : options) {
      alone(option, plain, standard)
          .or(() ->
              options.stream()
                  .filter(other -> other.component() != option.component())
                  .flatMap(other -> together(option, other, plain, standard).stream())
                  .findFirst())
          .ifPresent(found::add);
    }
    return found;
  }

  private static Optional<Variation> alone(
      Option option, Transformation plain, List<String> standard) {
    return option
        .on(plain)
        .flatMap(Variation::explained)
        .filter(explained -> !explained.formula().equals(standard))
        .map(explained -> new Variation(option.words(), explained));
  }

  /** Both at once, where that is more than the other one alone. */
  private static Optional<Variation> together(
      Option option, Option other, Transformation plain, List<String> standard) {
    Optional<Transformation> with = other.on(plain);
    Optional<Explanation> both = with.flatMap(option::on).flatMap(Variation::explained);
    List<String> less =
        with.flatMap(Variation::explained).map(Explanation::formula).orElse(standard);
    return both.filter(explained -> !explained.formula().equals(less))
        .filter(_ -> !less.equals(standard))
        .map(explained -> new Variation(option.words() + " and " + other.words(), explained));
  }

  private static Optional<Explanation> explained(Transformation rule) {
    try {
      return Optional.of(Explanation.of(rule));
    } catch (FormulaException _) {
      return Optional.empty();
    }
  }

  private static List<Option> others(Component component, Object standard) {
    String name = component.name();
    if (standard instanceof Boolean on) {
      return List.of(new Option(component, !on, "`%s=%s`".formatted(name, !on)));
    }
    if (component.type().isEnum()) {
      return Stream.of(component.type().getEnumConstants())
          .filter(choice -> !Objects.equals(choice, standard))
          .map(choice ->
              new Option(
                  component,
                  choice,
                  "`%s=%s`".formatted(name, choice.toString().toLowerCase(Locale.ROOT))))
          .toList();
    }
    double number = ((Number) standard).doubleValue();
    if (number != 0 && Double.isFinite(number)) {
      return List.of();
    }
    for (double value : OTHERS) {
      boolean whole = component.type() != double.class;
      if (component.contains(value) && (!whole || value == Math.rint(value))) {
        Object other = whole ? component.parse(name, Long.toString((long) value)) : value;
        return List.of(
            new Option(
                component, other, "`%s` other than %s".formatted(name, NumberText.of(standard))));
      }
    }
    return List.of();
  }
}
