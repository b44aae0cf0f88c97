package thalweg.formula;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The hyperparameters of one kind of rule or transformation, read off its record: names, defaults,
 * ranges. There is no second place that lists them.
 *
 * @param type the record
 * @param list its components in order
 */
public record Hyperparameters(Class<? extends Record> type, List<Component> list) {
  private static final ClassValue<Hyperparameters> KNOWN =
      new ClassValue<>() {
        @Override
        protected Hyperparameters computeValue(Class<?> type) {
          return read(type.asSubclass(Record.class));
        }
      };

  /**
   * One hyperparameter.
   *
   * @param name snake_case, PyTorch's name
   * @param standard the default in text form; empty when it must be given
   * @param range the allowed interval; empty for any finite number
   */
  public record Component(
      String name, Class<?> type, String standard, String range, RecordComponent component) {
    /** Throws if a value lies outside the range. */
    public void check(String owner, Object value) {
      if (value instanceof Number number && !contains(number.doubleValue())) {
        throw new IllegalArgumentException(
            "%s.%s must be %s, got %s"
                .formatted(owner, name, range.isEmpty() ? "finite" : "in " + range, value));
      }
    }

    /** Whether a number lies in the range; an infinity only where the range says so. */
    public boolean contains(double value) {
      if (!Double.isFinite(value)) {
        return value == Double.POSITIVE_INFINITY && range.endsWith("inf]")
            || value == Double.NEGATIVE_INFINITY && range.startsWith("[-inf");
      }
      if (range.isEmpty()) {
        return true;
      }
      String[] ends = range.substring(1, range.length() - 1).split(",");
      double low = end(ends[0]);
      double high = end(ends[1]);
      return (range.startsWith("[") ? value >= low : value > low)
          && (range.endsWith("]") ? value <= high : value < high);
    }

    private static double end(String text) {
      return switch (text.strip()) {
        case "inf" -> Double.POSITIVE_INFINITY;
        case "-inf" -> Double.NEGATIVE_INFINITY;
        default -> Double.parseDouble(text.strip());
      };
    }

    /** A value of this hyperparameter's type from text. */
    public Object parse(String owner, String text) {
      try {
        if (type == double.class) {
          return Double.parseDouble(text);
        }
        if (type == int.class) {
          return Integer.parseInt(text);
        }
        if (type == long.class) {
          return Long.parseLong(text);
        }
        if (type == boolean.class) {
          return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new NumberFormatException(text);
          };
        }
        return Arrays.stream(type.getEnumConstants())
            .filter(choice -> choice.toString().equalsIgnoreCase(text))
            .findFirst()
            .orElseThrow(() -> new NumberFormatException(text));
      } catch (NumberFormatException _) {
        if (type == int.class && text.matches("-?\\d+")) {
          throw new IllegalArgumentException(
              "%s.%s must be at most %d, got %s".formatted(owner, name, Integer.MAX_VALUE, text));
        }
        throw new IllegalArgumentException(
            "%s.%s must be %s, got '%s'".formatted(owner, name, kind(), text));
      }
    }

    /** What kind of value it takes, in words. */
    public String kind() {
      if (type == double.class) {
        return "a number";
      }
      if (type == int.class || type == long.class) {
        return "a whole number";
      }
      if (type == boolean.class) {
        return "true or false";
      }
      return "one of "
          + Arrays.stream(type.getEnumConstants())
              .map(choice -> choice.toString().toLowerCase(Locale.ROOT))
              .collect(Collectors.joining(", "));
    }
  }

  public static Hyperparameters of(Class<? extends Record> type) {
    return KNOWN.get(type);
  }

  /** The hyperparameters of one rule or transformation. */
  public static Hyperparameters of(Transformation value) {
    return of(record(value).getClass());
  }

  /** The component of this name. */
  public Component get(String name) {
    return list.stream()
        .filter(component -> component.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "%s has no hyperparameter '%s'; it has %s"
                    .formatted(type.getSimpleName(), name, names())));
  }

  public List<String> names() {
    return list.stream().map(Component::name).toList();
  }

  /** The record with every default; components without one must be in {@code given}. */
  public static <T extends Record> T standard(Class<T> type, Object... given) {
    Hyperparameters hypers = of(type);
    Object[] values = new Object[hypers.list.size()];
    for (int i = 0; i < values.length; i++) {
      Component component = hypers.list.get(i);
      values[i] =
          i < given.length ? given[i] : component.parse(type.getSimpleName(), component.standard());
    }
    return hypers.construct(type, values);
  }

  /** A copy with one hyperparameter changed. */
  public static <T extends Transformation> T with(T value, String name, Object replacement) {
    Record original = record(value);
    Hyperparameters hypers = of(original.getClass());
    Component changed = hypers.get(name);
    Object[] values = new Object[hypers.list.size()];
    for (int i = 0; i < values.length; i++) {
      Component component = hypers.list.get(i);
      values[i] = component == changed ? replacement : read(component, original);
    }
    @SuppressWarnings("unchecked") // a record's constructor makes records of the same class
    T copy = (T) hypers.construct(original.getClass(), values);
    return copy;
  }

  /** One of the same kind with all of these values, in order. */
  public static <T extends Transformation> T with(T value, Object[] values) {
    Class<? extends Record> type = record(value).getClass();
    @SuppressWarnings("unchecked") // a record's constructor makes records of the same class
    T copy = (T) of(type).construct(type, values);
    return copy;
  }

  /** The value of one hyperparameter. */
  public static Object get(Transformation value, String name) {
    Record original = record(value);
    return read(of(original.getClass()).get(name), original);
  }

  /** Checks all values against their ranges; for a record's compact constructor. */
  public static void check(Class<? extends Record> type, Object... values) {
    Hyperparameters hypers = of(type);
    for (int i = 0; i < values.length; i++) {
      hypers.list.get(i).check(type.getSimpleName(), values[i]);
    }
  }

  /** Makes the record from values in order; range errors come out as they are. */
  public <T extends Record> T construct(Class<T> made, Object... values) {
    try {
      Constructor<T> constructor =
          made.getDeclaredConstructor(list.stream().map(Component::type).toArray(Class<?>[]::new));
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(made + " could not be made", e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(
          made.getName() + " must be a public record in a package that is exported", e);
    }
  }

  private static Hyperparameters read(Class<? extends Record> type) {
    return new Hyperparameters(
        type,
        Arrays.stream(type.getRecordComponents())
            .map(component -> {
              Hyperparameter said = component.getAnnotation(Hyperparameter.class);
              return new Component(
                  snakeCase(component.getName()),
                  component.getType(),
                  said == null ? "" : said.value(),
                  said == null ? "" : said.range(),
                  component);
            })
            .toList());
  }

  private static Object read(Component component, Record from) {
    try {
      return component.component().getAccessor().invoke(from);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(
          from.getClass().getName() + " must be a public record in a package that is exported", e);
    }
  }

  private static Record record(Transformation value) {
    if (value instanceof Record record) {
      return record;
    }
    throw new IllegalArgumentException(
        value.getClass().getName() + " must be a record: its components are its hyperparameters");
  }

  static String snakeCase(String camelCase) {
    return camelCase.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }
}
