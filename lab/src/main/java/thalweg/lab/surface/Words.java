package thalweg.lab.surface;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The words of the language of {@link Expression}. */
final class Words {
  /** The first coordinates. */
  static final List<String> LETTERS = List.of("x", "y", "z");

  static final Map<String, Double> CONSTANTS = new TreeMap<>(Map.of("pi", Math.PI, "e", Math.E));
  static final String SUM = "sum";

  /** Functions of two numbers; those of one are {@link Function}. */
  static final List<String> PAIRS = List.of("min", "max", "pow");

  private Words() {}

  /** Whether it is a coordinate by its number, as x12. */
  static boolean isNumbered(String word) {
    return word.matches("x\\d+");
  }

  /** All but numbered coordinates. */
  static List<String> all() {
    List<String> all = new ArrayList<>(LETTERS);
    all.addAll(CONSTANTS.keySet());
    all.add(SUM);
    for (Function function : Function.values()) {
      all.add(function.text());
    }
    all.addAll(PAIRS);
    return all;
  }
}
