package thalweg.lab.trace;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import thalweg.formula.Formula;
import thalweg.formula.State;
import thalweg.formula.Transformation;
import thalweg.lab.BadInput;
import thalweg.lab.schedule.Curve;
import thalweg.lab.schedule.Curves;
import thalweg.lab.schedule.LearningRate;
import thalweg.text.Specs;

/**
 * An optimizer that is to be traced.
 *
 * @param label unique among those it is traced with
 * @param spec as given
 */
record Contender(String label, String spec, Transformation rule) {
  /** Single terms that a sum has where no optimizer asks for another number. */
  static final int TERMS = 64;

  /**
   * Those of some texts, in order.
   *
   * @throws BadInput if there is none, or a schedule does not last for the steps or counts epochs
   */
  static List<Contender> of(List<String> specs, int steps) {
    if (specs.isEmpty()) {
      throw new BadInput("no optimizer to trace; give one, such as --optimizers 'sgd;adam'");
    }
    List<Transformation> rules = new ArrayList<>();
    for (String spec : specs) {
      Transformation rule = Specs.parseOptimizer(spec);
      for (Curve curve : Curve.of(rule)) {
        if (curve.needsEpochs()) {
          throw new BadInput(
              "%s of '%s' counts epochs, and a trace has none; leave per_epoch() out"
                  .formatted(curve.schedule(), spec));
        }
      }
      Curves.check(spec, rule, steps, steps);
      rules.add(rule);
    }
    List<String> labels = labels(specs, rules);
    List<Contender> contenders = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      contenders.add(new Contender(labels.get(i), specs.get(i), rules.get(i)));
    }
    return contenders;
  }

  /** Names alone where these tell them apart, else the texts, else the texts with a number. */
  private static List<String> labels(List<String> specs, List<Transformation> rules) {
    List<String> names = rules.stream().map(Contender::names).toList();
    List<String> texts = specs.stream().map(String::strip).toList();
    List<String> labels = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (int i = 0; i < names.size(); i++) {
      String label = Collections.frequency(names, names.get(i)) == 1 ? names.get(i) : texts.get(i);
      String unique = label;
      for (int count = 2; !taken.add(unique); count++) {
        unique = label + " #" + count;
      }
      labels.add(unique);
    }
    return labels;
  }

  private static String names(Transformation rule) {
    return LearningRate.links(rule).stream()
        .map(Transformation::name)
        .collect(Collectors.joining(" | "));
  }

  /**
   * How many terms a sum has that all can be given.
   *
   * @throws BadInput if they were made for different numbers
   */
  static int terms(List<Contender> contenders) {
    List<Contender> asking = contenders.stream().filter(one -> one.terms() > 0).toList();
    if (asking.isEmpty()) {
      return TERMS;
    }
    Contender first = asking.getFirst();
    for (Contender other : asking) {
      if (other.terms() != first.terms()) {
        throw new BadInput(
            "'%s' is for %d terms and '%s' for %d; all walk over one sum, so give all the same number"
                .formatted(first.spec, first.terms(), other.spec, other.terms()));
      }
    }
    return first.terms();
  }

  /** The terms it keeps apart; 0 if it does not. */
  int terms() {
    return Formula.of(rule).states().stream().mapToInt(State::terms).max().orElse(0);
  }

  /** With another rule in its place. */
  Contender with(Function<Transformation, Transformation> change) {
    return new Contender(label, spec, change.apply(rule));
  }
}
