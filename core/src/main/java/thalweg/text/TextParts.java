package thalweg.text;

import java.util.ArrayList;
import java.util.List;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Hyperparameters.Component;

/**
 * One argument as the text form shows it: a component, or a numbered run of them as one list. A
 * record's beta1, beta2 (, beta3) are {@code betas}, as in PyTorch; eps1, eps2 are {@code eps}. One
 * letter with a number, such as l1 and l2, is a name of its own.
 *
 * @param name {@code lr}, {@code betas}
 * @param first position of its first component
 * @param components what it covers, in order; more than one for a list
 */
record TextParts(String name, int first, List<Component> components) {
  TextParts {
    components = List.copyOf(components);
  }

  boolean isList() {
    return components.size() > 1;
  }

  static List<TextParts> of(Hyperparameters hypers) {
    List<TextParts> parts = new ArrayList<>();
    List<Component> all = hypers.list();
    int i = 0;
    while (i < all.size()) {
      int end = i + 1;
      String stem = all.get(i).name();
      if (stem.endsWith("1") && stem.length() > 2) {
        stem = stem.substring(0, stem.length() - 1);
        while (end < all.size() && all.get(end).name().equals(stem + (end - i + 1))) {
          end++;
        }
      }
      String name = end - i > 1 ? plural(stem) : all.get(i).name();
      parts.add(new TextParts(name, i, all.subList(i, end)));
      i = end;
    }
    return parts;
  }

  private static String plural(String stem) {
    return stem.endsWith("s") ? stem : stem + "s";
  }
}
