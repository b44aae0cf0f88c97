package thalweg.formula;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The hyperparameters of one kind of rule or transformation, read off its record: names, defaults,
 * ranges. There is no second place that lists them.
 *
 * @param type the record
 * @param list its components in order
 */
public record Hyperparameters(Class<? extends Record> type, List<Component> list) {
  private static final String NONE = "none";

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
      if (value instanceof Number number && !isOpen(number) && !contains(number.doubleValue())) {
        throw new IllegalArgumentException(
            "%s.%s must be %s, got %s"
                .formatted(owner, name, range.isEmpty() ? "finite" : "in " + range, value));
      }
    }

    /** Whether a number lies in the range; an infinity only where the range says so. */
    public boolean contains(double value) {
      return Range.of(range).contains(value);
    }

    /** Whether it may stay open: NaN for a number, −1 for a whole one. */
    public boolean optional() {
      return isNumber() && standard.equals(NONE);
    }

    /** Whether it is a number, whole or not. */
    public boolean isNumber() {
      return type == double.class || type == int.class || type == long.class;
    }

    /** A number as this hyperparameter's type; to the nearest where that is a whole one. */
    public Object number(double value) {
      if (type == int.class) {
        return Math.toIntExact(Math.round(value));
      }
      return type == long.class ? (Object) Math.round(value) : (Object) value;
    }

    private boolean isOpen(Number value) {
      return optional()
          && (type == double.class ? Double.isNaN(value.doubleValue()) : value.longValue() == -1);
    }

    /** A value of this hyperparameter's type from text. */
    public Object parse(String owner, String text) {
      if (optional() && text.equalsIgnoreCase(NONE)) {
        return type == double.class ? (Object) Double.NaN : (Object) (-1L);
      }
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
        if (type == List.class) {
          return wholeNumbers(text);
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

    /** Such as {@code [64, 32]}; {@code []} is empty. */
    private static List<Long> wholeNumbers(String text) {
      if (!text.startsWith("[") || !text.endsWith("]")) {
        throw new NumberFormatException(text);
      }
      return Arrays.stream(text.substring(1, text.length() - 1).split(","))
          .map(String::strip)
          .filter(number -> !number.isEmpty())
          .map(Long::valueOf)
          .toList();
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
      if (!type.isEnum()) {
        return type == List.class ? "a list" : "a function";
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

  /** The hyperparameters of one rule or transformation, whether or not schedules drive some. */
  public static Hyperparameters of(Transformation value) {
    return of(record(Scheduled.plain(value)).getClass());
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

  /** A copy with one hyperparameter changed; a number takes the place of a schedule. */
  public static <T extends Transformation> T with(T value, String name, Object replacement) {
    if (value instanceof Scheduled scheduled) {
      @SuppressWarnings("unchecked") // who has one that is scheduled cannot ask for more
      T copy = (T) scheduled.with(name, replacement);
      return copy;
    }
    @SuppressWarnings("unchecked") // a record's constructor makes records of the same class
    T copy = (T) changed(record(value), name, replacement);
    return copy;
  }

  /** One of the same kind with all of these values, in order. */
  public static <T extends Transformation> T with(T value, Object[] values) {
    Class<? extends Record> type = record(value).getClass();
    @SuppressWarnings("unchecked") // a record's constructor makes records of the same class
    T copy = (T) of(type).construct(type, values);
    return copy;
  }

  /** A copy of any record of hyperparameters with one changed. */
  public static <T extends Record> T changed(T original, String name, Object replacement) {
    Hyperparameters hypers = of(original.getClass());
    Component changed = hypers.get(name);
    @SuppressWarnings("unchecked") // a record's constructor makes records of the same class
    T copy =
        (T)
            hypers.construct(
                original.getClass(),
                hypers.list.stream()
                    .map(
                        component -> component == changed ? replacement : read(component, original))
                    .toArray());
    return copy;
  }

  /** The values of any record of hyperparameters, in order. */
  public static List<Object> values(Record original) {
    return of(original.getClass()).list.stream()
        .map(component -> read(component, original))
        .toList();
  }

  /** The value of one hyperparameter; its {@link Schedule} where it has one. */
  public static Object get(Transformation value, String name) {
    if (value instanceof Scheduled(Transformation rule, Map<String, Schedule> schedules)) {
      Schedule schedule = schedules.get(name);
      return schedule == null ? get(rule, name) : schedule;
    }
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
                  said == null || said.name().isEmpty()
                      ? snakeCase(component.getName())
                      : said.name(),
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
