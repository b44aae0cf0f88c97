package thalweg.text;

import java.util.List;
import thalweg.formula.Described;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Schedule;

/**
 * One schedule that the text form knows. Everything is read off its record.
 *
 * @param id its name in text form, such as {@code cosine_annealing}
 * @param summary one sentence: the effect
 * @param formula one line
 * @param paper the source
 * @param differs where it differs from other libraries
 * @param hyperparameters names, defaults and ranges
 */
public record ScheduleEntry(
    String id,
    Class<? extends Record> type,
    String summary,
    String formula,
    String paper,
    List<String> differs,
    Hyperparameters hyperparameters) {
  public ScheduleEntry {
    differs = List.copyOf(differs);
  }

  static <T extends Record & Schedule> ScheduleEntry of(String id, Class<T> type) {
    Described said = type.getAnnotation(Described.class);
    if (said == null) {
      throw new IllegalStateException(type.getName() + " needs @Described");
    }
    return new ScheduleEntry(
        id,
        type,
        said.value(),
        said.formula(),
        said.paper(),
        List.of(said.differs()),
        Hyperparameters.of(type));
  }

  /** Whether it is made in Java alone, of a function. */
  public boolean inJavaOnly() {
    return hyperparameters.list().stream()
        .anyMatch(component -> component.type().isInterface() && component.type() != List.class);
  }

  /** One argument as the text form lists it: {@code T_max}, {@code eta_min=0}. */
  public List<String> arguments() {
    return hyperparameters.list().stream()
        .map(component ->
            component.standard().isEmpty()
                ? component.name()
                : component.name() + "=" + component.standard())
        .toList();
  }
}
