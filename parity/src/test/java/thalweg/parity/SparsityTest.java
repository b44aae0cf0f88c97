package thalweg.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import thalweg.formula.Formula;
import thalweg.formula.Transformation;
import thalweg.plan.Plan;
import thalweg.plan.Sparsity;
import thalweg.text.Specs;

/** What is read off the formula about sparse gradients is what a dense gradient of zero does. */
class SparsityTest {
  private static final int MOST_STEPS = 24;

  static List<Transformation> all() {
    List<Transformation> rules = new ArrayList<>(Cases.all());
    for (String text :
        List.of(
            "clip_by_value(1) | adagrad",
            "scale(-2) | adagrad(lr_decay=0.1)",
            "sign | sgd",
            "negate | scale_by_rss | descend(0.1)",
            "accumulate(3) | adagrad",
            "sgd(momentum=0.9,dampening=1)",
            "sgd | project_nonnegative",
            "adagrad | prox_l1(0.1)",
            "adagrad | prox_l2(0)",
            "decay_weights(0.1) | sgd",
            "ema(0) | sgd",
            "trace(0) | sgd",
            "freeze | sgd",
            "sgd | lookahead",
            "add_noise(0.1) | sgd",
            "sgd | project_simplex(1)",
            "centralize | sgd",
            "skip_nonfinite | sgd",
            "rprop",
            "lion")) {
      rules.add(Specs.parse(text));
    }
    return rules;
  }

  private static Optional<String> refusal(Transformation rule) {
    return Sparsity.refusal(Plan.of(Formula.of(rule)));
  }

  @ParameterizedTest
  @MethodSource("all")
  void aRuleTakesSparseGradientsIfAndOnlyIfZerosChangeNothing(Transformation rule) {
    Optional<String> refusal = refusal(rule);
    if (rule.name().equals("sparse_adam")) {
      assertThat(refusal).as("it says that it does").isEmpty();
      return;
    }
    if (refusal.isEmpty()) {
      assertThat(changing(rule)).as("steps after which zeros change something").isEmpty();
    } else if (refusal.orElseThrow().startsWith("changes")) {
      assertThat(changing(rule)).as("steps after which zeros change something").isNotEmpty();
    }
  }

  /** After how many updates a gradient of zeros changes values or states, by the reference. */
  private static List<Integer> changing(Transformation rule) {
    List<Integer> changing = new ArrayList<>();
    for (int steps = 0; steps <= MOST_STEPS; steps++) {
      try (Run run = Run.of(rule, "reference", Gradients.AUDIBLE, 40)) {
        run.steps(1, steps);
        Map<String, double[]> before = elements(run);
        run.step(new float[40]);
        Map<String, double[]> after = elements(run);
        boolean same =
            before.entrySet().stream()
                .allMatch(entry -> Arrays.equals(entry.getValue(), after.get(entry.getKey())));
        if (!same) {
          changing.add(steps);
        }
      }
    }
    return changing;
  }

  /** Without what is one number for a tensor or the group: t and its like go on. */
  private static Map<String, double[]> elements(Run run) {
    Map<String, double[]> all = run.everything();
    all.values().removeIf(values -> values.length != 40);
    return all;
  }

  @Test
  void theseAndNoOthersTakeThem() {
    assertThat(all().stream().filter(rule -> refusal(rule).isEmpty()).map(Specs::print).distinct())
        .containsExactlyInAnyOrder(
            "sgd(lr=0.01)",
            "sgd(lr=0.01, dampening=0.1)",
            "sgd(lr=0.01, maximize=true)",
            "adagrad",
            "adagrad(lr_decay=0.1)",
            "adagrad(initial_accumulator_value=0.1)",
            "adagrad(maximize=true)",
            "sparse_adam(lr=0.01)",
            "sparse_adam(lr=0.01, maximize=true)",
            "clip_by_value(0.5) | descend(0.01)",
            "scale_by_rss | descend(0.01)",
            "scale_by_rss(initial_accumulator_value=0.1) | descend(0.01)",
            "scale(0.5) | descend(0.01)",
            "unscale(0.5) | descend(0.01)",
            "negate | descend(0.01)",
            "sign | descend(0.01)",
            "freeze | descend(0.01)",
            "clip_by_value(1) | adagrad",
            "scale(-2) | adagrad(lr_decay=0.1)",
            "sign | sgd",
            "negate | scale_by_rss | descend(0.1)",
            "adagrad | prox_l2(0)",
            "freeze | sgd");
  }
}
