package thalweg.parity;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import thalweg.formula.Transformation;

/**
 * A program that runs one test class, then what {@link ContractTest} asks, but of one rule alone:
 * for a process whose catalogue has an entry that this one's has not. Prints what it ran.
 */
final class ContractOf {
  private ContractOf() {}

  /** The test class and the name of the rule. */
  public static void main(String[] arguments) throws ReflectiveOperationException {
    Class<?> own = Class.forName(arguments[0]);
    int tests = 0;
    for (Method method : own.getDeclaredMethods()) {
      if (method.isAnnotationPresent(Test.class)) {
        run(own, method);
        tests++;
      }
    }
    List<Transformation> cases =
        Cases.all().stream().filter(rule -> rule.name().equals(arguments[1])).toList();
    int contracts = 0;
    for (Method method : ContractTest.class.getDeclaredMethods()) {
      if (method.isAnnotationPresent(ParameterizedTest.class)
          && List.of(method.getParameterTypes()).equals(List.of(Transformation.class))) {
        for (Transformation rule : cases) {
          run(ContractTest.class, method, rule);
          contracts++;
        }
      }
    }
    System.out.printf("%d tests, %d cases, %d contracts%n", tests, cases.size(), contracts);
  }

  private static void run(Class<?> type, Method method, Object... arguments)
      throws ReflectiveOperationException {
    var constructor = type.getDeclaredConstructor();
    constructor.setAccessible(true);
    method.setAccessible(true);
    try {
      method.invoke(constructor.newInstance(), arguments);
    } catch (InvocationTargetException e) {
      throw new AssertionError(method.getName(), e.getCause());
    }
  }
}
