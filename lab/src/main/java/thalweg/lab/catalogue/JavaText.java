package thalweg.lab.catalogue;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Hyperparameters.Component;
import thalweg.formula.Transformation;
import thalweg.text.NumberText;
import thalweg.transforms.Transformations;

/**
 * How a rule is written in Java, read off its class: {@code AdamW.lr(1e-3)} where there is such a
 * method, a method of {@link Transformations} where there is one, else its constructor.
 *
 * @param imports what the expressions need, in order
 * @param brief as short as it can be written
 * @param full with every hyperparameter that can be given
 */
record JavaText(List<String> imports, String brief, String full) {
  JavaText {
    imports = List.copyOf(imports);
  }

  static JavaText of(Transformation rule) {
    Class<?> type = rule.getClass();
    Hyperparameters hypers = Hyperparameters.of(rule);
    Set<String> imports = new TreeSet<>();
    List<String> values =
        hypers.list().stream().map(component -> value(rule, component, imports)).toList();
    Optional<Method> named = factory(type, hypers);
    if (named.isPresent()) {
      imports.add("import " + type.getName() + ";");
      String brief =
          "%s.%s(%s)".formatted(type.getSimpleName(), named.get().getName(), values.getFirst());
      StringBuilder full = new StringBuilder(brief);
      for (int i = 1; i < values.size(); i++) {
        String name = hypers.list().get(i).component().getName();
        if (has(type, name, hypers.list().get(i).type(), false)) {
          full.append("\n    .%s(%s)".formatted(name, values.get(i)));
        }
      }
      return new JavaText(List.copyOf(imports), brief, full.toString());
    }
    String arguments = "(" + String.join(", ", values) + ")";
    Optional<Method> piece = piece(type, hypers);
    if (piece.isPresent()) {
      String call = piece.get().getName();
      imports.add("import static %s.%s;".formatted(Transformations.class.getName(), call));
      return new JavaText(List.copyOf(imports), call + arguments, call + arguments);
    }
    imports.add("import " + type.getName() + ";");
    String made = "new " + type.getSimpleName() + arguments;
    return new JavaText(List.copyOf(imports), made, made);
  }

  /** A static method of the record that is named as its first component and takes that alone. */
  private static Optional<Method> factory(Class<?> type, Hyperparameters hypers) {
    return hypers.list().stream()
        .limit(1)
        .filter(first -> has(type, first.component().getName(), first.type(), true))
        .map(first -> method(type, first.component().getName(), first.type()).orElseThrow())
        .findFirst();
  }

  /** A method of {@link Transformations} that takes all components and gives this record. */
  private static Optional<Method> piece(Class<?> type, Hyperparameters hypers) {
    List<Class<?>> all = hypers.list().stream().<Class<?>>map(Component::type).toList();
    return Arrays.stream(Transformations.class.getMethods())
        .filter(method -> method.getReturnType() == type)
        .filter(method -> List.of(method.getParameterTypes()).equals(all))
        .findFirst();
  }

  private static boolean has(Class<?> type, String name, Class<?> argument, boolean fixed) {
    return method(type, name, argument)
        .filter(method -> method.getReturnType() == type)
        .filter(method -> Modifier.isStatic(method.getModifiers()) == fixed)
        .isPresent();
  }

  private static Optional<Method> method(Class<?> type, String name, Class<?> argument) {
    try {
      return Optional.of(type.getMethod(name, argument));
    } catch (NoSuchMethodException _) {
      return Optional.empty();
    }
  }

  private static String value(Transformation rule, Component component, Set<String> imports) {
    Object value = Hyperparameters.get(rule, component.name());
    if (value instanceof Enum<?> choice) {
      imports.add("import " + choice.getDeclaringClass().getName().replace('$', '.') + ";");
      return choice.getDeclaringClass().getSimpleName() + "." + choice.name();
    }
    if (value instanceof Double number && !Double.isFinite(number)) {
      return "Double." + (number > 0 ? "POSITIVE_INFINITY" : "NEGATIVE_INFINITY");
    }
    return NumberText.of(value);
  }

  /** The text form of the same, every argument with its value. */
  static String textForm(Transformation rule) {
    List<Argument> arguments = Argument.of(rule);
    return arguments.isEmpty()
        ? rule.name()
        : arguments.stream()
            .map(argument -> argument.name() + "=" + argument.value(rule))
            .collect(Collectors.joining(", ", rule.name() + "(", ")"));
  }

  /** These and those imports, each once, in order. */
  static List<String> merged(List<String> some, List<String> more) {
    List<String> all = new ArrayList<>(new TreeSet<>(some));
    more.stream().filter(line -> !all.contains(line)).forEach(all::add);
    all.sort(null);
    return all;
  }
}
