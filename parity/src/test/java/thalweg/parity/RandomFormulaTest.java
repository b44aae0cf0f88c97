package thalweg.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import thalweg.execute.Backends;
import thalweg.formula.Comparison;
import thalweg.formula.Formula;
import thalweg.formula.Rule;
import thalweg.formula.Scalar;
import thalweg.formula.Scope;
import thalweg.formula.State;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.plan.Plan;

/** Formulas nobody would write: backends must agree on them all the same. */
public class RandomFormulaTest {
  private static final int[] LENGTHS = {17, 0, 1, 1030};

  static Stream<RandomFormula> any() {
    return LongStream.range(0, 150).mapToObj(seed -> new RandomFormula(seed, false));
  }

  static Stream<RandomFormula> smooth() {
    return LongStream.range(0, 100).mapToObj(seed -> new RandomFormula(seed, true));
  }

  @Test
  void theSeedsReachEverything() {
    List<Plan> plans = any().map(rule -> Plan.of(Formula.of(rule))).toList();
    assertThat(plans).anyMatch(plan -> plan.trips().size() == 1);
    assertThat(plans).anyMatch(plan -> plan.trips().size() == 2);
    assertThat(plans).anyMatch(plan -> plan.trips().size() >= 3);
    assertThat(plans).anyMatch(Plan::differsBetweenTensors);
    assertThat(plans).anyMatch(plan -> plan.formula().states().size() == 3);
    for (Class<?> kind : thalweg.plan.Op.class.getPermittedSubclasses()) {
      assertThat(plans)
          .as(kind.getSimpleName())
          .anyMatch(plan ->
              plan.trips().stream()
                  .anyMatch(trip -> trip.pass().ops().stream().anyMatch(kind::isInstance)));
    }
  }

  @ParameterizedTest
  @MethodSource("any")
  void everyBackendAgreesWithBlockInEveryBit(RandomFormula rule) {
    agree(rule, 5);
  }

  private static void agree(Rule rule, int steps) {
    for (Gradients gradients : Gradients.values()) {
      try (Run block = Run.of(rule, "block", gradients, LENGTHS)) {
        Map<String, double[]> expected = block.steps(8, 7 + steps).everything();
        for (String backend : Run.backends()) {
          try (Run other = Run.of(rule, backend, gradients, LENGTHS)) {
            Run.assertSameBits(
                backend + " " + gradients, other.steps(8, 7 + steps).everything(), expected);
          }
        }
      }
    }
  }

  /**
   * With u = 2⁻²⁴, one operation makes an error e at most 4e + 6u. Means are three operations deep:
   * 4³·6u ≈ 400u; the direction three more behind them: 25 000u = 1.5e-3; the parameter takes a
   * thousandth of it, 1.5e-6, and gives it back at most fivefold a step: 5e-5 after three steps.
   * Twice that leaves room for the sums. The parameter itself moves by up to 6e-3.
   */
  @ParameterizedTest
  @MethodSource("smooth")
  void wellConditionedFormulasStayNearTheReference(RandomFormula rule) {
    try (Run reference = Run.of(rule, Backends.REFERENCE, Gradients.TAME, LENGTHS);
        Run block = Run.of(rule, "block", Gradients.TAME, LENGTHS)) {
      Map<String, double[]> expected = reference.steps(4, 6).everything();
      Map<String, double[]> actual = block.steps(4, 6).everything();
      for (int p = 0; p < LENGTHS.length; p++) {
        double[] values = Objects.requireNonNull(actual.get("p" + p));
        double[] exact = Objects.requireNonNull(expected.get("p" + p));
        for (int i = 0; i < exact.length; i++) {
          assertThat(Math.abs(values[i] - exact[i]))
              .as("p%s[%s] is %s, exactly %s", p, i, values[i], exact[i])
              .isLessThan(1e-4);
        }
      }
    }
    agree(rule, 3);
  }

  /** Deep: four thousand operations, each on the one before. */
  public record Deep(int depth) implements Rule {
    @Override
    public String name() {
      return "deep";
    }

    @Override
    public Tensor apply(Tensor g, Step step) {
      Scalar a = step.hyper("a", 0.9);
      Tensor x = g;
      for (int i = 0; i < depth; i += 2) {
        x =
            switch (i % 14) {
              case 0 -> x.times(a).plus(g);
              case 2 -> x.over(x.abs().plus(Scalar.ONE)).minus(g);
              case 4 -> x.square().plus(Scalar.of(i)).sqrt();
              case 6 -> x.min(g).max(step.parameter());
              case 8 -> x.choose(Comparison.LESS, g, x.negate(), g.plus(x));
              case 10 -> x.clamp(Scalar.of(-i), a).plus(x);
              default -> x.times(Scalar.of(1.0 / (i + 1))).plus(step.parameter());
            };
      }
      return step.descend(x, step.hyper("lr", 0.01));
    }
  }

  /** Wide: hundreds of values that are all alive at once, and states. */
  public record Wide(int width) implements Rule {
    @Override
    public String name() {
      return "wide";
    }

    @Override
    public Tensor apply(Tensor g, Step step) {
      List<Tensor> alive = new ArrayList<>();
      for (int i = 0; i < width; i++) {
        alive.add(g.plus(Scalar.of(i)).times(step.parameter()).abs().sqrt());
      }
      Tensor x = g;
      Scalar norm = x.norm(Scope.MODEL);
      for (int i = 0; i < width; i++) {
        x = x.plus(alive.get(i).times(alive.get(width - 1 - i)));
      }
      for (int i = 0; i < 12; i++) {
        State state = step.state("s" + i, "s", i);
        x = x.plus(state.becomes(state.old().times(Scalar.of(0.5)).plus(alive.get(i))));
      }
      return step.descend(x.over(norm.plus(Scalar.ONE)), step.hyper("lr", 1e-3));
    }
  }

  @Test
  void aHugeDeepFormulaIsComputedAlikeEverywhere() {
    Rule deep = new Deep(4000);
    assertThat(Plan.of(Formula.of(deep)).trips().getLast().pass().ops()).hasSizeGreaterThan(4000);
    agree(deep, 2);
  }

  @Test
  void aHugeWideFormulaIsComputedAlikeEverywhere() {
    Rule wide = new Wide(400);
    assertThat(Plan.of(Formula.of(wide)).trips()).hasSize(2);
    agree(wide, 2);
  }

  @Test
  void theReferenceComputesAHugeFormulaToo() {
    for (Rule rule : new Rule[] {new Deep(4000), new Wide(400)}) {
      try (Run reference = Run.of(rule, Backends.REFERENCE, Gradients.TAME, 17)) {
        assertThat(reference.steps(1, 2).values(0)).hasSize(17).doesNotContain(Double.NaN);
      }
    }
  }
}
