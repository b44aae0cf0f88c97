package thalweg.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import thalweg.formula.Chain;
import thalweg.formula.Formula;
import thalweg.formula.FormulaException;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Hyperparameters.Component;
import thalweg.formula.Schedule;
import thalweg.formula.Transformation;
import thalweg.text.Syntax.Argument;
import thalweg.text.Syntax.Call;
import thalweg.text.Syntax.Items;
import thalweg.text.Syntax.Link;
import thalweg.text.Syntax.Place;
import thalweg.text.Syntax.Value;
import thalweg.text.Syntax.Word;

/**
 * The text form of rules and chains, for command lines, JSON and logs: {@code
 * clip_by_global_norm(1) | adamw(lr=3e-4, betas=[0.9, 0.95])}.
 *
 * <p>Links are joined with {@code |}. A link is a name of the {@link Catalogue}, with arguments in
 * parentheses where a default does not do: first those without a name, in the order of the record's
 * components, then {@code name=value}. Components beta1, beta2, … are one list {@code betas}; each
 * can be given alone as well. Space is free.
 */
public final class Specs {
  private Specs() {}

  /**
   * Reads a rule, a transformation or a chain.
   *
   * @throws SpecException with one line, if the text is not well formed, a name is unknown, or a
   *     value is missing, of the wrong kind or out of range
   */
  public static Transformation parse(String text) {
    List<Transformation> links =
        new SpecReader(text).links().stream().map(SpecBinder::bind).toList();
    return links.size() == 1 ? links.getFirst() : new Chain(links);
  }

  /**
   * Reads what is to move parameters: like {@link #parse}, and the chain must also make sense, so
   * descend once and use no direction after that.
   */
  public static Transformation parseOptimizer(String text) {
    Transformation rule = parse(text);
    try {
      Formula.of(rule);
    } catch (FormulaException e) {
      throw Place.in(text, 0).error(e);
    }
    return rule;
  }

  /**
   * Reads a name with its hyperparameters beside it, as recorded trajectories have them.
   *
   * @param name a name; with no hyperparameters, any text that {@link #parse} takes
   * @param hyperparameters numbers, booleans, strings, or lists of them for {@code betas}, where
   *     null stands for the default, as in PyTorch's {@code eps=(None, 1e-3)}
   */
  public static Transformation parse(String name, Map<String, Object> hyperparameters) {
    if (hyperparameters.isEmpty()) {
      return parse(name);
    }
    String lone = SpecReader.loneName(name);
    if (lone == null) {
      throw Place.in(name, 0)
          .error(
              "hyperparameters beside it (%s) need one plain name such as adamw; write them into"
                  + " the text instead",
              String.join(", ", hyperparameters.keySet()));
    }
    List<Argument> arguments = new ArrayList<>();
    hyperparameters.forEach((key, value) -> {
      Place place = new Place("'" + lone + "', " + key, 0);
      arguments.add(new Argument(key, place, value(value, place)));
    });
    return SpecBinder.bind(new Link(lone, new Place("'" + lone + "'", 0), arguments));
  }

  /**
   * Reads a schedule: {@code cosine_annealing(base=0.1, T_max=200)}, and joined ones such as {@code
   * warmup(10).then(cosine_annealing(T_max=90))}, {@code a.times(b)}, {@code a.until(5)}, {@code
   * a.per_epoch()}.
   *
   * @throws SpecException with one line
   */
  public static Schedule parseSchedule(String text) {
    Value value = new SpecReader(text).schedule();
    Schedule schedule = ScheduleBinder.schedule(value);
    if (schedule == null) {
      throw ScheduleBinder.unknown(value);
    }
    return schedule;
  }

  /** Whether a text is the name of a schedule, alone or with arguments behind it. */
  public static boolean isSchedule(String text) {
    return ScheduleCatalogue.find(firstName(text)).isPresent();
  }

  /** The name a text begins with; empty if it begins with none. */
  public static String firstName(String text) {
    return text.strip().split("[^A-Za-z0-9_]", 2)[0];
  }

  /**
   * Reads a schedule with its arguments beside it, as recordings have them, where {@code base_lr}
   * is the base except for {@code cyclic}.
   *
   * @param config as in {@link #parse(String, Map)}; null stands for what PyTorch has as None
   */
  public static Schedule schedule(String name, Map<String, @Nullable Object> config) {
    Place at = new Place("'" + name + "'", 0);
    return ScheduleBinder.bind(new Link(name, at, arguments(config, name)));
  }

  /** Of a schedule in a list: {@code {"schedule": name, "config": {…}}}. */
  private static List<Argument> arguments(Map<?, ?> map, String name, Place place) {
    Object config = map.get("config");
    if (map.size() == 1) {
      return List.of();
    }
    if (map.size() != 2 || !(config instanceof Map<?, ?> all)) {
      throw place.error("a schedule in a list is {\"schedule\": …, \"config\": {…}}, got %s", map);
    }
    Map<String, @Nullable Object> named = new LinkedHashMap<>();
    all.forEach((key, value) -> named.put(String.valueOf(key), value));
    return arguments(named, name);
  }

  private static List<Argument> arguments(Map<String, @Nullable Object> config, String name) {
    List<Argument> arguments = new ArrayList<>();
    config.forEach((key, value) -> {
      Place place = new Place("'" + name + "', " + key, 0);
      Value read = value == null ? new Word(SpecBinder.DEFAULT, place) : value(value, place);
      arguments.add(new Argument(key, place, read));
    });
    return arguments;
  }

  private static Value value(@Nullable Object value, Place place) {
    if (value instanceof Collection<?> items) {
      return new Items(
          items.stream()
              .<Value>map(
                  item -> item == null ? new Word(SpecBinder.DEFAULT, place) : value(item, place))
              .toList(),
          place);
    }
    if (value instanceof Map<?, ?> map && map.get("schedule") instanceof String name) {
      return new Call(new Link(name, place, arguments(map, name, place)), List.of());
    }
    if (value instanceof String text && text.contains("(")) {
      return new SpecReader(text).schedule();
    }
    return word(value, place);
  }

  private static Word word(@Nullable Object value, Place place) {
    return switch (value) {
      case String text -> new Word(text, place);
      case Boolean flag -> new Word(flag.toString(), place);
      case Float number -> new Word(NumberText.of(number.doubleValue()), place);
      case Double number -> new Word(NumberText.of(number.doubleValue()), place);
      case Number number -> new Word(number.toString(), place);
      case null -> throw place.error("the value is null; leave it out for the default");
      default ->
          throw place.error(
              "a value must be a number, true, false, a word or a list, got %s",
              value.getClass().getSimpleName());
    };
  }

  /**
   * Writes the canonical text form: defaults left out, numbers as short as they can be. {@link
   * #parse} gives back an equal rule; a chain of one link comes back as that link.
   */
  public static String print(Transformation rule) {
    return print(rule, Set.of());
  }

  /**
   * The same with some hyperparameters written out where they are defaults, too.
   *
   * @param shown their names, such as {@code lr}; a rule need not have them
   */
  public static String print(Transformation rule, Set<String> shown) {
    if (rule instanceof Chain(List<Transformation> links)) {
      if (links.isEmpty()) {
        throw new IllegalArgumentException("a chain without links has no text form");
      }
      return links.stream().map(link -> print(link, shown)).collect(Collectors.joining(" | "));
    }
    Hyperparameters hypers = Hyperparameters.of(rule);
    long required = hypers.list().stream().filter(c -> c.standard().isEmpty()).count();
    List<String> arguments = new ArrayList<>();
    for (TextParts part : TextParts.of(hypers)) {
      if (part.components().stream()
          .allMatch(one -> isStandard(rule, one) && !shown.contains(one.name()))) {
        continue;
      }
      List<String> values =
          part.components().stream()
              .map(component -> NumberText.of(Hyperparameters.get(rule, component.name())))
              .toList();
      boolean nameless =
          required == 1
              && part.first() == 0
              && part.components().getFirst().standard().isEmpty()
              && !part.isList();
      String value = part.isList() ? "[" + String.join(", ", values) + "]" : values.getFirst();
      arguments.add(nameless ? value : part.name() + "=" + value);
    }
    return arguments.isEmpty()
        ? rule.name()
        : rule.name() + "(" + String.join(", ", arguments) + ")";
  }

  private static boolean isStandard(Transformation rule, Component component) {
    return !component.standard().isEmpty()
        && Objects.equals(
            Hyperparameters.get(rule, component.name()),
            component.parse(rule.name(), component.standard()));
  }
}
