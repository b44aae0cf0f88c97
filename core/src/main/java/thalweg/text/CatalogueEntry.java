package thalweg.text;

import java.util.List;
import thalweg.formula.Described;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Rule;
import thalweg.formula.Transformation;

/**
 * One rule or transformation that the text form knows. Everything is read off its record.
 *
 * @param id its name in text form, such as {@code adamw}
 * @param purpose what it is listed under
 * @param type its record
 * @param summary one sentence: the effect
 * @param paper the source
 * @param differs where it differs from other libraries or from the paper
 * @param hyperparameters names, defaults and ranges
 */
public record CatalogueEntry(
    String id,
    Kind kind,
    Purpose purpose,
    Class<? extends Record> type,
    String summary,
    String paper,
    List<String> differs,
    Hyperparameters hyperparameters) {
  /** Whether it is a whole optimizer or a piece of one. */
  public enum Kind {
    OPTIMIZER,
    TRANSFORMATION
  }

  /** Candidates for a value with no default, for {@link #plain()}. */
  private static final double[] PLACEHOLDERS = {1, 0.5, 2, 0, -1};

  public CatalogueEntry {
    differs = List.copyOf(differs);
  }

  static <T extends Record & Transformation> CatalogueEntry of(Purpose purpose, Class<T> type) {
    Described said = type.getAnnotation(Described.class);
    if (said == null) {
      throw new IllegalStateException(type.getName() + " needs @Described");
    }
    return new CatalogueEntry(
        plain(type).name(),
        Rule.class.isAssignableFrom(type) ? Kind.OPTIMIZER : Kind.TRANSFORMATION,
        purpose,
        type,
        said.value(),
        said.paper(),
        List.of(said.differs()),
        Hyperparameters.of(type));
  }

  /**
   * One with every default. What has none gets the first that is allowed of 1, 1/2, 2, 0 and −1; −1
   * where −∞ is allowed; of choices the first; of switches off.
   */
  public Transformation plain() {
    return (Transformation) plain(type);
  }

  private static <T extends Record> T plain(Class<T> type) {
    Hyperparameters hypers = Hyperparameters.of(type);
    Object[] values =
        hypers.list().stream()
            .map(component ->
                component.standard().isEmpty()
                    ? placeholder(component)
                    : component.parse(type.getSimpleName(), component.standard()))
            .toArray();
    return hypers.construct(type, values);
  }

  private static Object placeholder(Hyperparameters.Component component) {
    Class<?> type = component.type();
    if (type.isEnum()) {
      return type.getEnumConstants()[0];
    }
    if (type == boolean.class) {
      return false;
    }
    if (type == double.class && component.range().startsWith("[-inf")) {
      return -1.0; // a lower bound
    }
    for (double value : PLACEHOLDERS) {
      if (component.contains(value)) {
        if (type == double.class) {
          return value;
        }
        if (value == Math.rint(value)) {
          return component.parse("", Long.toString((long) value));
        }
      }
    }
    throw new IllegalStateException(
        "no placeholder lies in %s of '%s'; give it a default"
            .formatted(component.range(), component.name()));
  }

  /** The hyperparameters as the text form lists them: {@code betas} for beta1 and beta2. */
  public List<String> textNames() {
    return TextParts.of(hyperparameters).stream().map(TextParts::name).toList();
  }

  /** What each of {@link #textNames} covers, in order: more than one component for a list. */
  public List<List<Hyperparameters.Component>> textComponents() {
    return TextParts.of(hyperparameters).stream().map(TextParts::components).toList();
  }

  /** The hyperparameters that have no default. */
  public List<String> mustBeGiven() {
    return hyperparameters.list().stream()
        .filter(component -> component.standard().isEmpty())
        .map(Hyperparameters.Component::name)
        .toList();
  }
}
