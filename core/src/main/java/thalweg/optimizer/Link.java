package thalweg.optimizer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import thalweg.formula.Chain;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Transformation;

/** One hyperparameter of one link of a chain, found by name. */
record Link(
    Transformation rule, int position, Transformation link, Hyperparameters.Component hyper) {
  static Link find(Transformation rule, String name) {
    List<Transformation> links = links(rule);
    List<String> scopes = scopes(links);
    List<Link> found = new ArrayList<>();
    List<String> known = new ArrayList<>();
    for (int i = 0; i < links.size(); i++) {
      for (Hyperparameters.Component hyper : Hyperparameters.of(links.get(i)).list()) {
        String full = scopes.get(i) + "." + hyper.name();
        known.add(full);
        if (name.equals(full) || name.equals(hyper.name())) {
          found.add(new Link(rule, i, links.get(i), hyper));
        }
      }
    }
    if (found.size() == 1) {
      return found.getFirst();
    }
    throw new IllegalArgumentException(
        found.isEmpty()
            ? "no hyperparameter '%s'; there are %s".formatted(name, String.join(", ", known))
            : "hyperparameter '%s' is ambiguous; say %s"
                .formatted(
                    name,
                    found.stream()
                        .map(link -> scopes.get(link.position) + "." + link.hyper.name())
                        .collect(Collectors.joining(" or "))));
  }

  Object get() {
    return Hyperparameters.get(link, hyper.name());
  }

  /** The whole rule with this hyperparameter changed; checks the range. */
  Transformation with(Object value) {
    List<Transformation> links = new ArrayList<>(links(rule));
    links.set(position, Hyperparameters.with(link, hyper.name(), convert(value)));
    return rule instanceof Chain ? new Chain(links) : links.getFirst();
  }

  /**
   * The value as the component's type: a number may come as any {@link Number}, all else as text.
   */
  Object convert(Object value) {
    if (value instanceof Number number) {
      if (hyper.type() == double.class) {
        return number.doubleValue();
      }
      if (hyper.type() == int.class && number.intValue() == number.doubleValue()) {
        return number.intValue();
      }
      if (hyper.type() == long.class && number.longValue() == number.doubleValue()) {
        return number.longValue();
      }
    }
    return hyper.parse(link.name(), value.toString());
  }

  private static List<Transformation> links(Transformation rule) {
    return rule instanceof Chain(List<Transformation> links) ? links : List.of(rule);
  }

  /** The names that states and hyperparameters of each link are kept under. */
  private static List<String> scopes(List<Transformation> links) {
    Map<String, Integer> seen = new HashMap<>();
    return links.stream()
        .map(link -> {
          int count = seen.merge(link.name(), 1, Integer::sum);
          return count == 1 ? link.name() : link.name() + count;
        })
        .toList();
  }
}
