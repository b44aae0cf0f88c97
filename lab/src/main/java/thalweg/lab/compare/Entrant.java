package thalweg.lab.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import thalweg.formula.Chain;
import thalweg.formula.Formula;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Transformation;
import thalweg.text.Specs;

/**
 * An optimizer as it enters a comparison.
 *
 * @param id the spec without its learning rate, for legends
 * @param spec as the user wrote it
 * @param rateGiven whether the user wrote the learning rate down, so that it is not to be chosen
 */
record Entrant(String id, String spec, Transformation rule, boolean rateGiven) {
  private static final Pattern RATE = Pattern.compile("\\blr\\s*=");

  /** One of a spec; throws what {@link Specs} throws. */
  static Entrant of(String spec) {
    Transformation rule = Specs.parseOptimizer(spec);
    boolean given =
        RATE.matcher(spec.toLowerCase(Locale.ROOT)).find() || !standardRate(rule).equals(rule);
    return new Entrant(Specs.print(given ? rule : standardRate(rule)), spec, rule, given);
  }

  /** The rule at another learning rate; a chain's last link that has one gets it. */
  Transformation at(double rate) {
    return withRate(rule, rate);
  }

  /** The rate it was written with, or its default. */
  double rate() {
    List<Transformation> links = links(rule);
    int last = lastWithRate(links);
    return last < 0 ? Double.NaN : (double) Hyperparameters.get(links.get(last), "lr");
  }

  /** Whether there is a learning rate to choose. */
  boolean tunable() {
    return !rateGiven && lastWithRate(links(rule)) >= 0;
  }

  /** Every hyperparameter of a rule with its value, as the text form writes it. */
  static Map<String, String> hyperparameters(Transformation rule) {
    Map<String, String> values = new LinkedHashMap<>();
    List<Transformation> links = links(rule);
    for (Transformation link : links) {
      for (String name : Hyperparameters.of(link).names()) {
        String key = links.size() == 1 ? name : link.name() + "." + name;
        values.put(key, text(Hyperparameters.get(link, name)));
      }
    }
    return values;
  }

  /** Bytes of float32 state for one parameter. */
  static double stateBytes(Transformation rule) {
    return Formula.of(rule).states().size() * (double) Float.BYTES;
  }

  private static String text(Object value) {
    return value instanceof Double number
        ? Figures.significant(number, 6)
        : value.toString().toLowerCase(Locale.ROOT);
  }

  private static Transformation standardRate(Transformation rule) {
    List<Transformation> links = links(rule);
    int last = lastWithRate(links);
    if (last < 0) {
      return rule;
    }
    Hyperparameters.Component rate = Hyperparameters.of(links.get(last)).get("lr");
    return rate.standard().isEmpty() ? rule : withRate(rule, Double.parseDouble(rate.standard()));
  }

  private static Transformation withRate(Transformation rule, double rate) {
    List<Transformation> links = new ArrayList<>(links(rule));
    int last = lastWithRate(links);
    if (last < 0) {
      return rule;
    }
    links.set(last, Hyperparameters.with(links.get(last), "lr", rate));
    return rule instanceof Chain ? new Chain(links) : links.getFirst();
  }

  private static int lastWithRate(List<Transformation> links) {
    for (int i = links.size() - 1; i >= 0; i--) {
      if (Hyperparameters.of(links.get(i)).names().contains("lr")) {
        return i;
      }
    }
    return -1;
  }

  private static List<Transformation> links(Transformation rule) {
    return rule instanceof Chain(List<Transformation> links) ? links : List.of(rule);
  }
}
