package thalweg.lab.compare;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import thalweg.formula.Formula;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Schedule;
import thalweg.formula.Transformation;
import thalweg.lab.BadInput;
import thalweg.lab.catalogue.Argument;
import thalweg.lab.schedule.LearningRate;
import thalweg.optimizer.Needs;
import thalweg.text.NumberText;
import thalweg.text.Specs;

/**
 * An optimizer as it enters a comparison.
 *
 * @param id the spec without its learning rate, for legends
 * @param spec as the user wrote it
 * @param rateGiven whether the user wrote the learning rate down, so that it is not to be chosen
 */
record Entrant(String id, String spec, Transformation rule, boolean rateGiven) {
  /** Named, or first without a name: lr is every rule's first component. */
  private static final Pattern RATE = Pattern.compile("\\blr\\s*=|\\(\\s*[-+.\\d]");

  /** Inside a scheduled rate. */
  private static final Pattern BASE =
      Pattern.compile("\\b(base|base_lr|lr|max_lr)\\s*=\\s*[-+.\\d]");

  /** One of a spec; throws what {@link Specs} throws, and for rules that need single terms. */
  static Entrant of(String spec) {
    Transformation rule = Specs.parseOptimizer(spec);
    if (Needs.of(Formula.of(rule)) == Needs.TERMS) {
      throw new BadInput(
          "'%s' needs to know single terms of the loss, and a comparison hands out mini-batches; leave it out, or call optimizer.step(sum, term) from Java"
              .formatted(spec));
    }
    List<Transformation> links = LearningRate.links(rule);
    int last = LearningRate.place(links);
    if (last < 0) {
      return new Entrant(Specs.print(rule), spec, rule, false);
    }
    String written = spec.split("\\|", -1)[last].toLowerCase(Locale.ROOT);
    boolean given =
        Hyperparameters.get(links.get(last), "lr") instanceof Schedule schedule
            ? schedule.name().equals("noam") || BASE.matcher(written).find()
            : RATE.matcher(written).find();
    if (given) {
      return new Entrant(withRateShown(links, last), spec, rule, true);
    }
    return new Entrant(withoutBase(links, last), spec, rule, false);
  }

  /** The text form; of a scheduled rate without the base, which is still to be chosen. */
  private static String withoutBase(List<Transformation> links, int last) {
    List<String> texts = new ArrayList<>(links.stream().map(Specs::print).toList());
    if (Hyperparameters.get(links.get(last), "lr") instanceof Schedule schedule) {
      String text = schedule.toString();
      String bare = text.replaceFirst("(base|max_lr|base_lr)=[^,)]*(, )?", "");
      texts.set(last, texts.get(last).replace(text, bare));
    }
    return String.join(" | ", texts);
  }

  /** The text form with the rate, which {@link Specs#print} leaves out where it is the default. */
  private static String withRateShown(List<Transformation> links, int last) {
    List<String> texts = new ArrayList<>(links.stream().map(Specs::print).toList());
    Transformation link = links.get(last);
    Hyperparameters.Component lr = Hyperparameters.of(link).get("lr");
    Object rate = Hyperparameters.get(link, "lr");
    if (!lr.standard().isEmpty() && rate.equals(lr.parse(link.name(), lr.standard()))) {
      String shown = "(lr=" + NumberText.of(rate);
      String text = texts.get(last);
      texts.set(
          last,
          text.endsWith(")")
              ? text.replaceFirst("\\(", Matcher.quoteReplacement(shown + ", "))
              : text + shown + ")");
    }
    return String.join(" | ", texts);
  }

  /**
   * The rule at another learning rate; a chain's last link that has one gets it. Of a schedule it
   * is the base.
   */
  Transformation at(double rate) {
    return LearningRate.with(rule, rate);
  }

  /** The rate it was written with, or its default; of a schedule its base. */
  double rate() {
    return LearningRate.of(rule).orElse(Double.NaN);
  }

  /** Whether there is a learning rate to choose. */
  boolean tunable() {
    return !rateGiven && LearningRate.place(LearningRate.links(rule)) >= 0;
  }

  /**
   * Every hyperparameter of a rule with its value, as the text form writes it; in a chain under the
   * name of its link, which for the second of two alike ends in 2, as in the printed formula.
   */
  static Map<String, String> hyperparameters(Transformation rule) {
    Map<String, String> values = new LinkedHashMap<>();
    Map<String, Integer> seen = new HashMap<>();
    List<Transformation> links = LearningRate.links(rule);
    for (Transformation link : links) {
      int count = seen.merge(link.name(), 1, Integer::sum);
      String owner = links.size() == 1 ? "" : link.name() + (count == 1 ? "" : count) + ".";
      for (Argument argument : Argument.of(link)) {
        values.put(owner + argument.name(), argument.value(link));
      }
    }
    return values;
  }
}
