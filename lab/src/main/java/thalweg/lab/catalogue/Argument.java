package thalweg.lab.catalogue;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Scheduled;
import thalweg.formula.Transformation;
import thalweg.text.Catalogue;
import thalweg.text.CatalogueEntry;
import thalweg.text.NumberText;

/**
 * One argument of a rule as the text form shows it: {@code lr}, or {@code betas} for the components
 * beta1 and beta2.
 *
 * @param components what it covers, in order; more than one for a list
 */
public record Argument(String name, List<Hyperparameters.Component> components) {
  public Argument {
    components = List.copyOf(components);
  }

  /** The arguments of a catalogue entry, in order. */
  public static List<Argument> of(CatalogueEntry entry) {
    List<String> names = entry.textNames();
    List<List<Hyperparameters.Component>> components = entry.textComponents();
    return IntStream.range(0, names.size())
        .mapToObj(i -> new Argument(names.get(i), components.get(i)))
        .toList();
  }

  /** The arguments of a rule or transformation; of one outside the catalogue its components. */
  public static List<Argument> of(Transformation rule) {
    return Catalogue.find(rule.name())
        .filter(entry -> entry.type().isInstance(Scheduled.plain(rule)))
        .map(Argument::of)
        .orElseGet(() ->
            Hyperparameters.of(rule).list().stream()
                .map(component -> new Argument(component.name(), List.of(component)))
                .toList());
  }

  /** The default in text form, such as {@code [0.9, 0.999]}; empty if there is none. */
  public String standard() {
    return components.getFirst().standard().isEmpty()
        ? ""
        : text(component -> NumberText.of(component.parse(component.name(), component.standard())));
  }

  /** The value that a rule has, in text form. */
  public String value(Transformation rule) {
    return text(component -> NumberText.of(Hyperparameters.get(rule, component.name())));
  }

  private String text(Function<Hyperparameters.Component, String> one) {
    return components.size() == 1
        ? one.apply(components.getFirst())
        : components.stream().map(one).collect(Collectors.joining(", ", "[", "]"));
  }
}
