package thalweg.formula;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import thalweg.formula.Hyperparameters.Component;

/** The text form of the record of one schedule: its name, and what is not at its default. */
public final class ScheduleText {
  /** Stands for a function in Java, which has no text. */
  public static final String JAVA = "<java>";

  private ScheduleText() {}

  /** Such as {@code cosine_annealing(T_max=200)}. */
  public static String of(Schedule schedule) {
    return of(schedule, "");
  }

  static String of(Schedule schedule, String first) {
    if (!(schedule instanceof Record record)) {
      throw new IllegalArgumentException(
          schedule.getClass().getName() + " must be a record: its components are its arguments");
    }
    List<String> arguments = new ArrayList<>();
    List<Component> components = Hyperparameters.of(record.getClass()).list();
    List<Object> values = Hyperparameters.values(record);
    for (int i = 0; i < values.size(); i++) {
      Component component = components.get(i);
      Object value = values.get(i);
      boolean parts = value instanceof List<?> list && list.getFirst() instanceof Schedule;
      if (component.standard().isEmpty()
          || !component.parse(schedule.name(), component.standard()).equals(value)) {
        arguments.add(parts ? text(value) : component.name() + "=" + text(value));
      }
    }
    if (!first.isEmpty()) {
      arguments.addFirst(first);
    }
    return arguments.isEmpty()
        ? schedule.name()
        : schedule.name() + "(" + String.join(", ", arguments) + ")";
  }

  private static String text(Object value) {
    return switch (value) {
      case Double number -> Digits.of(number);
      case Number _, Boolean _, Schedule _ -> value.toString();
      case Enum<?> choice -> choice.toString().toLowerCase(Locale.ROOT);
      case List<?> list ->
          list.stream().map(ScheduleText::text).collect(Collectors.joining(", ", "[", "]"));
      default -> JAVA;
    };
  }
}
