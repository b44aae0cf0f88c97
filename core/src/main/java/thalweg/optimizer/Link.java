package thalweg.optimizer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import thalweg.formula.Chain;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Schedule;
import thalweg.formula.ScheduleText;
import thalweg.formula.Scheduled;
import thalweg.formula.Transformation;
import thalweg.text.Specs;

/**
 * One hyperparameter of one link of a chain.
 *
 * @param scope the name that the link's states and hyperparameters are kept under
 */
record Link(
    Transformation rule,
    int position,
    String scope,
    Transformation link,
    Hyperparameters.Component hyper) {
  /** All hyperparameters of all links, in order. */
  static List<Link> all(Transformation rule) {
    List<Transformation> links = links(rule);
    List<String> scopes = scopes(links);
    List<Link> all = new ArrayList<>();
    for (int i = 0; i < links.size(); i++) {
      for (Hyperparameters.Component hyper : Hyperparameters.of(links.get(i)).list()) {
        all.add(new Link(rule, i, scopes.get(i), links.get(i), hyper));
      }
    }
    return all;
  }

  /** The one of this name, which may leave the scope out where that is unambiguous. */
  static Link find(Transformation rule, String name) {
    List<Link> all = all(rule);
    List<Link> found =
        all.stream()
            .filter(link -> name.equals(link.fullName()) || name.equals(link.hyper.name()))
            .toList();
    if (found.size() == 1) {
      return found.getFirst();
    }
    throw new IllegalArgumentException(
        found.isEmpty()
            ? "no hyperparameter '%s'; there are %s".formatted(name, names(all, ", "))
            : "hyperparameter '%s' is ambiguous; say %s".formatted(name, names(found, " or ")));
  }

  /** The rule with every hyperparameter read from text at once, so that no order matters. */
  static Transformation rebuild(Transformation rule, UnaryOperator<String> textOfFullName) {
    List<Transformation> rebuilt = new ArrayList<>(links(rule));
    Map<Integer, List<Link>> byPosition =
        all(rule).stream().collect(Collectors.groupingBy(Link::position));
    byPosition.forEach((position, hypers) -> {
      List<Object> given =
          hypers.stream()
              .map(hyper -> hyper.converted(textOfFullName.apply(hyper.fullName())))
              .toList();
      Object[] values = new Object[given.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] =
            given.get(i) instanceof Schedule schedule
                ? hypers.get(i).hyper.number(schedule.base().orElse(0))
                : given.get(i);
      }
      Transformation link = Hyperparameters.with(Scheduled.plain(rebuilt.get(position)), values);
      for (int i = 0; i < values.length; i++) {
        if (given.get(i) instanceof Schedule schedule) {
          link = link.scheduled(hypers.get(i).hyper.name(), schedule);
        }
      }
      rebuilt.set(position, link);
    });
    return rule instanceof Chain ? new Chain(rebuilt) : rebuilt.getFirst();
  }

  private static String names(List<Link> links, String between) {
    return links.stream().map(Link::fullName).collect(Collectors.joining(between));
  }

  String fullName() {
    return scope + "." + hyper.name();
  }

  Object get() {
    return Hyperparameters.get(link, hyper.name());
  }

  /** The whole rule with this hyperparameter changed; checks the range. */
  Transformation with(Object value) {
    return with(Scheduled.with(link, hyper.name(), convert(value)));
  }

  private Transformation with(Transformation changed) {
    List<Transformation> links = new ArrayList<>(links(rule));
    links.set(position, changed);
    return rule instanceof Chain ? new Chain(links) : links.getFirst();
  }

  /** Another hyperparameter of the same link. */
  Link sibling(String name) {
    return new Link(rule, position, scope, link, Hyperparameters.of(link).get(name));
  }

  /** The whole rule with a value here that means nothing, the schedules as they are. */
  Transformation generic(int which) {
    Transformation plain = Scheduled.generic(Scheduled.plain(link), hyper, which);
    return with(
        link instanceof Scheduled scheduled ? new Scheduled(plain, scheduled.schedules()) : plain);
  }

  /** From the text of a state; a function in Java has none and must be here already. */
  private Object converted(String text) {
    boolean same = get() instanceof Schedule schedule && schedule.toString().equals(text);
    if (!same && text.contains(ScheduleText.JAVA)) {
      throw new IllegalArgumentException(
          "%s was driven by %s, which has a function in Java; make this optimizer with it, then load"
              .formatted(fullName(), text));
    }
    return same ? get() : convert(text);
  }

  /**
   * The value as the component's type: a number may come as any {@link Number}, a schedule as
   * itself, all as text.
   */
  Object convert(Object value) {
    if (value instanceof Schedule) {
      return value;
    }
    if (hyper.isNumber() && value instanceof String text && Specs.isSchedule(text)) {
      return Specs.parseSchedule(text);
    }
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
