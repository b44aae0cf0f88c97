package thalweg.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Hyperparameters.Component;
import thalweg.text.Syntax.Link;

/**
 * The text form of records that are no rules, in the grammar of {@link Specs}: {@code
 * cnn(channels=[32, 64], dropout=0.5)}. Names, defaults and ranges are those that the records'
 * components say; whole numbers in a list are {@link Long}s.
 *
 * @param what what each of them is, for messages: {@code network}
 * @param kinds the records by name; the first is the example in messages
 */
public record RecordSpecs<T>(String what, SequencedMap<String, Class<? extends Record>> kinds) {
  public RecordSpecs {
    kinds = new LinkedHashMap<>(kinds);
  }

  /**
   * Reads one record.
   *
   * @throws SpecException with one line, if the text is not well formed, a name is unknown, or a
   *     value is missing, of the wrong kind or out of range
   */
  public T parse(String text) {
    String example = kinds.firstEntry().getKey();
    List<Link> links = new SpecReader(text, "a " + what, example).links();
    if (links.size() > 1) {
      throw links.get(1).at().error("one %s is wanted, got %d joined by '|'", what, links.size());
    }
    Link link = links.getFirst();
    Class<? extends Record> type = kinds.get(link.name());
    if (type == null) {
      throw link.at()
          .error(
              "no %s is called '%s'; %s",
              what, link.name(), Nearest.offer(link.name(), kinds.keySet()));
    }
    return made(SpecBinder.bind(link, Hyperparameters.of(type)));
  }

  /** Writes the canonical text form: defaults left out. {@link #parse} gives back an equal one. */
  public String print(T value) {
    Record record = (Record) value;
    String name =
        kinds.entrySet().stream()
            .filter(kind -> kind.getValue() == record.getClass())
            .map(Map.Entry::getKey)
            .findFirst()
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "%s is no %s; there are %s"
                        .formatted(record.getClass().getName(), what, kinds.keySet())));
    List<Component> components = Hyperparameters.of(record.getClass()).list();
    List<Object> values = Hyperparameters.values(record);
    List<String> arguments = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      Component component = components.get(i);
      if (!isStandard(name, component, values.get(i))) {
        arguments.add(component.name() + "=" + text(values.get(i)));
      }
    }
    return arguments.isEmpty()
        ? name
        : arguments.stream().collect(Collectors.joining(", ", name + "(", ")"));
  }

  private static String text(Object value) {
    return value instanceof Enum<?> choice
        ? choice.toString().toLowerCase(Locale.ROOT)
        : NumberText.of(value);
  }

  private static boolean isStandard(String owner, Component component, Object value) {
    return !component.standard().isEmpty()
        && Objects.equals(value, component.parse(owner, component.standard()));
  }

  @SuppressWarnings("unchecked") // the kinds are all of this type
  private T made(Record record) {
    return (T) record;
  }
}
