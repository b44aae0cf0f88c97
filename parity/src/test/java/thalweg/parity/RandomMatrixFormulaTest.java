package thalweg.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import thalweg.execute.Backends;
import thalweg.formula.Extent;
import thalweg.formula.Formula;
import thalweg.formula.Scope;
import thalweg.formula.State;
import thalweg.plan.Plan;

/** Formulas nobody would write, over tensors of all shapes. */
class RandomMatrixFormulaTest {
  private static final List<List<Long>> SHAPES =
      List.of(
          List.of(4L, 3L),
          List.of(1L, 5L),
          List.of(5L, 1L),
          List.of(),
          List.of(0L, 3L),
          List.of(3L, 0L),
          List.of(7L),
          List.of(2L, 3L, 4L),
          List.of(2L, 3L, 2L, 5L),
          List.of(2L, 150L, 2L),
          List.of(300L, 3L),
          List.of(2L, 1030L));

  static Stream<RandomMatrixFormula> any() {
    return LongStream.range(0, 200).mapToObj(seed -> new RandomMatrixFormula(seed, false));
  }

  static Stream<RandomMatrixFormula> smooth() {
    return LongStream.range(0, 200).mapToObj(seed -> new RandomMatrixFormula(seed, true));
  }

  @Test
  void theSeedsReachEverything() {
    for (Stream<RandomMatrixFormula> rules : List.of(any(), smooth())) {
      List<Plan> plans = rules.map(rule -> Plan.of(Formula.of(rule))).toList();
      Set<Extent> domains = EnumSet.noneOf(Extent.class);
      Set<Extent> states = EnumSet.noneOf(Extent.class);
      Set<Extent> together = EnumSet.noneOf(Extent.class);
      for (Plan plan : plans) {
        plan.trips().forEach(trip -> domains.add(trip.domain()));
        plan.formula().states().stream().map(State::extent).forEach(states::add);
        plan.trips().stream()
            .filter(trip -> trip.extents(plan).size() > 2)
            .forEach(trip -> together.addAll(trip.extents(plan)));
      }
      assertThat(domains).containsExactly(Extent.values());
      assertThat(states).containsExactly(Extent.values());
      assertThat(together).hasSize(5);
      for (Scope scope : Scope.values()) {
        assertThat(
                plans.stream()
                    .flatMap(plan -> plan.formula().numbers().stream())
                    .anyMatch(number -> number.scope() == scope))
            .as("numbers of %s", scope)
            .isTrue();
      }
      List<Plan.Trip> trips = plans.stream().flatMap(plan -> plan.trips().stream()).toList();
      assertThat(trips.stream().anyMatch(trip -> trip.columns().size() > 1)).isTrue();
      assertThat(plans.stream().mapToInt(plan -> plan.trips().size()).max().orElse(0))
          .isGreaterThanOrEqualTo(6);
    }
  }

  @ParameterizedTest
  @MethodSource("any")
  void everyBackendAgreesWithBlockInEveryBit(RandomMatrixFormula rule) {
    agree(rule);
  }

  private static void agree(RandomMatrixFormula rule) {
    for (Gradients gradients : Gradients.values()) {
      try (Run block = Run.shaped(rule, "block", gradients, SHAPES)) {
        Map<String, double[]> expected = block.steps(8, 11).everything();
        for (String backend : Run.backends()) {
          try (Run other = Run.shaped(rule, backend, Run.Memory.NATIVE, gradients, 2, SHAPES)) {
            Run.assertSameBits(
                backend + " " + gradients, other.steps(8, 11).everything(), expected);
          }
        }
      }
    }
  }

  /**
   * As {@code RandomFormulaTest} has it: three operations make at most 400u = 2.4e-5 of error in a
   * state, and sums along 256 rows add 2 · 256u = 3e-5 at most; the direction is three more behind
   * them, 64 times that, and the parameter takes a thousandth of it, 4e-6, and gives it back at
   * most 64-fold in the next step's direction, of which it takes a thousandth again. A formula
   * misread moves the parameter by about 1e-3, a state by about 1.
   */
  @ParameterizedTest
  @MethodSource("smooth")
  void wellConditionedFormulasStayNearTheReference(RandomMatrixFormula rule) {
    try (Run reference = Run.shaped(rule, Backends.REFERENCE, Gradients.TAME, SHAPES);
        Run block = Run.shaped(rule, "block", Gradients.TAME, SHAPES)) {
      for (int step = 4; step <= 9; step++) {
        Map<String, double[]> expected = reference.steps(step, step).everything();
        Map<String, double[]> actual = block.steps(step, step).everything();
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        for (String name : expected.keySet()) {
          double[] exact = Objects.requireNonNull(expected.get(name));
          double[] values = Objects.requireNonNull(actual.get(name));
          assertThat(values).as(name).hasSameSizeAs(exact);
          for (int i = 0; i < exact.length; i++) {
            double bound = name.contains("/") ? 2e-3 : 5e-5;
            boolean bothNan =
                Double.isNaN(exact[i]) && Double.isNaN(values[i]); // a mean of nothing
            if (!bothNan && !(Math.abs(values[i] - exact[i]) <= bound)) {
              throw new AssertionError(
                  "step %d: %s[%d] is %s, exactly %s"
                      .formatted(step, name, i, values[i], exact[i]));
            }
          }
        }
      }
    }
    agree(rule);
  }
}
