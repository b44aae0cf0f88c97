package thalweg.text;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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

/** Makes the record that a link names, from its arguments and the defaults. */
final class SpecBinder {
  /** In a list, the default of its component: PyTorch writes {@code eps=(None, 1e-3)}. */
  static final String DEFAULT = "none";

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
  private static final Pattern NOT_FINITE = Pattern.compile("(?i)([+-]?)(inf|infinity|nan)");

  private final Link link;
  private final String owner;
  private final Hyperparameters hypers;
  private final List<TextParts> parts;
  private final @Nullable Object[] values;
  private final @Nullable Place[] given;
  private final Map<String, Schedule> schedules = new LinkedHashMap<>();

  private SpecBinder(Link link, Hyperparameters hypers) {
    this.link = link;
    this.hypers = hypers;
    this.owner = link.name();
    this.parts = TextParts.of(hypers);
    int count = hypers.list().size();
    this.values = new @Nullable Object[count];
    this.given = new @Nullable Place[count];
  }

  static Transformation bind(Link link) {
    CatalogueEntry entry = Catalogue.find(link.name()).orElseThrow(() -> unknown(link));
    SpecBinder binder = new SpecBinder(link, entry.hyperparameters());
    Transformation rule = (Transformation) binder.construct();
    for (Map.Entry<String, Schedule> scheduled : binder.schedules.entrySet()) {
      try {
        rule = rule.scheduled(scheduled.getKey(), scheduled.getValue());
      } catch (IllegalArgumentException e) {
        throw link.at().error(e);
      }
    }
    return rule;
  }

  /** The record of one schedule, without what all schedules take. */
  static Schedule bind(Link link, ScheduleEntry entry) {
    return (Schedule) new SpecBinder(link, entry.hyperparameters()).construct();
  }

  /** A record of another kind, which no schedule drives. */
  static Record bind(Link link, Hyperparameters hypers) {
    SpecBinder binder = new SpecBinder(link, hypers);
    Record made = binder.construct();
    for (Map.Entry<String, Schedule> scheduled : binder.schedules.entrySet()) {
      throw link.at()
          .error("%s.%s cannot follow a schedule; write a number", link.name(), scheduled.getKey());
    }
    return made;
  }

  private static SpecException unknown(Link link) {
    String near = Nearest.question(link.name(), Catalogue.ids());
    return link.at()
        .error(
            "no optimizer or transformation is called '%s'%s",
            link.name(),
            near.isEmpty() ? "; among others there are sgd, momentum, rmsprop, adam, adamw" : near);
  }

  private void takeAll() {
    boolean named = false;
    int position = 0;
    for (Argument argument : link.arguments()) {
      String key = argument.key();
      if (key != null) {
        named = true;
        take(part(key, argument.at()), argument);
      } else if (named) {
        throw argument.at().error("a value without a name stands after a named one; name it");
      } else {
        position = takeInOrder(position, argument);
      }
    }
  }

  /** Takes a value without a name; returns the position of the component that comes next. */
  private int takeInOrder(int position, Argument argument) {
    List<Component> components = hypers.list();
    if (components.isEmpty()) {
      throw argument.at().error("%s has no hyperparameters; remove this value", owner);
    }
    if (position >= components.size()) {
      throw argument
          .at()
          .error(
              "%s has no hyperparameter after %s; remove this value",
              owner, components.getLast().name());
    }
    if (argument.value() instanceof Items) {
      for (TextParts part : parts) {
        if (part.first() == position && part.isList()) {
          take(part, argument);
          return position + part.components().size();
        }
      }
    }
    take(single(position), argument);
    return position + 1;
  }

  private TextParts single(int position) {
    Component component = hypers.list().get(position);
    return new TextParts(component.name(), position, List.of(component));
  }

  /** What a key names: a part of the text form, or one component of a list. */
  private TextParts part(String key, Place at) {
    for (TextParts part : parts) {
      if (part.name().equals(key)) {
        return part;
      }
    }
    int position = hypers.names().indexOf(key);
    if (position >= 0) {
      return single(position);
    }
    for (int i = 0; i < hypers.list().size(); i++) {
      if (hypers.list().get(i).name().equalsIgnoreCase(key)) {
        return single(i); // T_max
      }
    }
    List<String> names = parts.stream().map(TextParts::name).toList();
    if (names.isEmpty()) {
      throw at.error("%s has no hyperparameters, got '%s'; remove it", link.name(), key);
    }
    String near = Nearest.question(key, names);
    throw at.error(
        "%s has no hyperparameter '%s'%s %s",
        link.name(), key, near.isEmpty() ? "; it has" : near + " It has", String.join(", ", names));
  }

  private void take(TextParts part, Argument argument) {
    if (!part.isList()) {
      set(part.first(), part.components().getFirst(), argument.value(), argument.at());
      return;
    }
    List<String> names = part.components().stream().map(Component::name).toList();
    int count = argument.value() instanceof Items(List<Value> items, Place _) ? items.size() : -1;
    if (!(argument.value() instanceof Items(List<Value> words, Place _)) || count != names.size()) {
      throw argument
          .value()
          .at()
          .error(
              "%s.%s takes %d values (%s), got %s; write %s",
              owner,
              part.name(),
              names.size(),
              String.join(", ", names),
              count < 0 ? quoted(argument.value()) : Integer.toString(count),
              example(part));
    }
    for (int i = 0; i < words.size(); i++) {
      Component component = part.components().get(i);
      set(part.first() + i, component, words.get(i), argument.at());
    }
  }

  /** How a list is written: with its defaults, or with dots where there are none. */
  private static String example(TextParts part) {
    return part.components().stream()
        .map(component -> component.standard().isEmpty() ? "…" : component.standard())
        .collect(Collectors.joining(", ", part.name() + "=[", "]"));
  }

  private void set(int position, Component component, Value value, Place at) {
    Place earlier = given[position];
    if (earlier != null) {
      throw at.error(
          earlier.position() > 0
              ? "%s is given twice, first at %d; remove one"
              : "%s is given twice",
          component.name(),
          earlier.position());
    }
    given[position] = at;
    if (component.type() == List.class) {
      values[position] = list(component, value);
      return;
    }
    switch (value) {
      case Items items ->
          throw items
              .at()
              .error("%s.%s must be %s, got a list", owner, component.name(), component.kind());
      default -> put(position, component, value);
    }
  }

  private void put(int position, Component component, Value value) {
    Schedule schedule =
        component.isNumber() || value instanceof Call ? ScheduleBinder.schedule(value) : null;
    if (schedule != null) {
      schedules.put(component.name(), schedule);
      if (component.standard().isEmpty()) {
        values[position] = component.number(based(component, schedule, value.at()));
      }
      return;
    }
    if (!(value instanceof Word(String text, Place where))) {
      throw value
          .at()
          .error("%s.%s must be %s, got a list", owner, component.name(), component.kind());
    }
    if (text.equalsIgnoreCase(DEFAULT) && !component.standard().isEmpty()) {
      return;
    }
    try {
      Object parsed = component.parse(owner, canonical(component, text));
      component.check(owner, parsed);
      values[position] = parsed;
    } catch (SpecException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw where.error(e);
    }
  }

  /** The base of a schedule on what has no default. */
  private double based(Component component, Schedule schedule, Place at) {
    return schedule
        .base()
        .orElseThrow(() ->
            at.error(
                "%s.%s has no default for a base; write %s",
                owner, component.name(), schedule.from(component.contains(0.1) ? 0.1 : 1)));
  }

  /** Whole numbers or schedules. */
  private List<Object> list(Component component, Value value) {
    boolean schedulesWanted =
        component.component().getGenericType().getTypeName().contains("Sched");
    String kind = schedulesWanted ? "schedules" : "whole numbers";
    if (!(value instanceof Items(List<Value> items, Place _))) {
      throw value
          .at()
          .error(
              "%s.%s must be a list of %s, got %s; write %s=[…]",
              owner, component.name(), kind, quoted(value), component.name());
    }
    List<Object> list = new ArrayList<>();
    for (Value item : items) {
      Schedule schedule = schedulesWanted ? ScheduleBinder.schedule(item) : null;
      if (schedule != null) {
        list.add(schedule);
      } else if (!schedulesWanted
          && item instanceof Word(String text, Place _)
          && wholeNumber(text).matches("-?\\d{1,18}")) {
        list.add(Long.valueOf(wholeNumber(text)));
      } else {
        throw item.at()
            .error(
                "%s.%s must be a list of %s, got %s in it",
                owner, component.name(), kind, quoted(item));
      }
    }
    return list;
  }

  /** The text as the component's own parser takes it: Java's spellings of numbers stay out. */
  private String canonical(Component component, String text) {
    boolean whole = component.type() == int.class || component.type() == long.class;
    if (!whole && component.type() != double.class) {
      return text;
    }
    if (NUMBER.matcher(text).matches()) {
      return whole ? wholeNumber(text) : text;
    }
    if (!whole && NOT_FINITE.matcher(text).matches()) {
      String sign = text.startsWith("-") ? "-" : "";
      return text.toLowerCase(Locale.ROOT).endsWith("nan") ? "NaN" : sign + "Infinity";
    }
    throw new IllegalArgumentException(
        "%s.%s must be %s, got '%s'".formatted(owner, component.name(), component.kind(), text));
  }

  private static String wholeNumber(String text) {
    try {
      return Long.toString(new BigDecimal(text).longValueExact());
    } catch (ArithmeticException | NumberFormatException _) {
      return text;
    }
  }

  private Record construct() {
    takeAll();
    List<Component> components = hypers.list();
    List<Component> missing = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      Component component = components.get(i);
      if (values[i] == null && component.standard().isEmpty()) {
        missing.add(component);
      } else if (values[i] == null) {
        values[i] = component.parse(owner, component.standard());
      }
    }
    if (!missing.isEmpty()) {
      throw link.at()
          .error(
              "%s needs %s; write %s(%s)",
              owner,
              Nearest.listed(missing.stream().map(SpecBinder::described).toList(), "and"),
              owner,
              missing.stream().map(c -> c.name() + "=…").collect(Collectors.joining(", ")));
    }
    try {
      return hypers.construct(hypers.type(), values);
    } catch (IllegalArgumentException e) {
      throw link.at().error("%s", underTextName(String.valueOf(e.getMessage())));
    }
  }

  /** A record names its components by its type; who wrote a text knows the text's name only. */
  private String underTextName(String message) {
    String type = hypers.type().getSimpleName() + ".";
    return message.startsWith(type) ? owner + "." + message.substring(type.length()) : message;
  }

  private static String described(Component component) {
    return component.range().isEmpty()
        ? component.name()
        : component.name() + " in " + component.range();
  }

  private static String quoted(Value value) {
    return switch (value) {
      case Word word -> "'" + word.text() + "'";
      case Items _ -> "a list";
      case Call call -> "'" + call.link().name() + "(…)'";
    };
  }
}
