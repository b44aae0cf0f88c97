package thalweg.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import thalweg.execute.Backends;
import thalweg.formula.Chain;
import thalweg.formula.Formula;
import thalweg.formula.Transformation;
import thalweg.plan.Plan;
import thalweg.plan.ScalarOp;
import thalweg.rules.Adafactor;
import thalweg.rules.Adam;
import thalweg.rules.Sgd;
import thalweg.transforms.Accumulate;
import thalweg.transforms.AdaptiveGradientClip;
import thalweg.transforms.Centralize;
import thalweg.transforms.ClipByGlobalNorm;
import thalweg.transforms.Lookahead;
import thalweg.transforms.ScaleByFactoredRms;
import thalweg.transforms.SkipNonfinite;
import thalweg.transforms.Units;

/** The contract of all rules on tensors of other shapes than vectors. */
class MatrixContractTest {
  /** Of every rank, without elements, and with axes of one. */
  private static final List<List<Long>> SMALL =
      List.of(
          List.of(4L, 3L),
          List.of(1L, 5L),
          List.of(5L, 1L),
          List.of(0L, 3L),
          List.of(3L, 0L),
          List.of(1L, 1L),
          List.of(),
          List.of(7L),
          List.of(2L, 3L, 4L),
          List.of(1L, 3L, 4L),
          List.of(2L, 0L, 4L),
          List.of(2L, 3L, 4L, 5L),
          List.of(3L, 1L, 2L, 1L),
          List.of(2L, 1L, 3L, 2L, 2L),
          List.of(130L, 7L));

  /** Rows longer than a block, longer than a chunk; more rows than a band; many matrices. */
  private static final List<List<Long>> LARGE =
      List.of(
          List.of(3L, 1030L),
          List.of(2L, 70_001L),
          List.of(300L, 300L),
          List.of(70L, 65L, 3L),
          List.of(2L, 600L, 17L),
          List.of(3L, 3L, 40L, 50L),
          List.of(1L, 66_000L),
          List.of(20_000L, 3L),
          List.of(70_000L));

  static List<Transformation> few() {
    return Stream.concat(Cases.few().stream(), chains().stream()).toList();
  }

  /** Chains in which shapes, pauses and remembered numbers work on each other. */
  private static List<Transformation> chains() {
    return List.of(
        Chain.of(new ClipByGlobalNorm(1), Adafactor.lr(0.01)),
        Chain.of(new Centralize(), Adafactor.lr(0.01)),
        Chain.of(new AdaptiveGradientClip(0.1, 1e-3, Units.ROWS), Adafactor.lr(0.01)),
        Chain.of(new AdaptiveGradientClip(0.1, 1e-3, Units.COLUMNS), new Centralize(), Sgd.lr(0.1)),
        Chain.of(new SkipNonfinite(), new Accumulate(2), new Centralize(), Adam.lr(0.01)),
        Chain.of(new Accumulate(3), Adafactor.lr(0.01), new Lookahead(2, 0.5)),
        Chain.of(new ScaleByFactoredRms(-0.8, 1e-8), Adam.lr(0.01)));
  }

  /** Those whose arithmetic depends on the shape: vectors of {@link ContractTest} say little. */
  static List<Transformation> shaped() {
    return few().stream().filter(rule -> seesShape(Plan.of(Formula.of(rule)))).toList();
  }

  private static boolean seesShape(Plan plan) {
    return plan.trips().stream().anyMatch(trip -> trip.pass().strips())
        || plan.scalars().ops().stream()
            .anyMatch(op -> op instanceof ScalarOp.Rank || op instanceof ScalarOp.Shared);
  }

  @Test
  void someRulesSeeShapes() {
    assertThat(shaped()).hasSizeGreaterThanOrEqualTo(10);
  }

  @ParameterizedTest
  @MethodSource("few")
  void everyBackendAgreesWithBlockInEveryBitOnSmallTensors(Transformation rule) {
    for (Gradients gradients : Gradients.values()) {
      agree(rule, gradients, SMALL, 14);
    }
  }

  @ParameterizedTest
  @MethodSource("shaped")
  void everyBackendAgreesWithBlockInEveryBitOnLargeTensors(Transformation rule) {
    agree(rule, Gradients.TAME, LARGE, 2);
  }

  private static void agree(
      Transformation rule, Gradients gradients, List<List<Long>> shapes, int steps) {
    Map<String, double[]> expected = null;
    for (String backend : Run.backends()) {
      for (Run.Memory memory : List.of(Run.Memory.NATIVE, Run.Memory.ARRAYS)) {
        try (Run run = Run.shaped(rule, backend, memory, gradients, 1, shapes)) {
          Map<String, double[]> all = run.steps(1, steps).everything();
          if (expected == null) {
            expected = all;
          }
          Run.assertSameBits(backend + " " + memory + " " + gradients, all, expected);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("few")
  void float32StaysNearTheReferenceOnSmallTensors(Transformation rule) {
    staysNear(rule, SMALL, 20);
  }

  @ParameterizedTest
  @MethodSource("shaped")
  void float32StaysNearTheReferenceOnLargeTensors(Transformation rule) {
    staysNear(rule, LARGE, 3);
  }

  private static void staysNear(Transformation rule, List<List<Long>> shapes, int steps) {
    Gradients gradients = Cases.comparable(rule);
    try (Run block = Run.shaped(rule, "block", gradients, shapes);
        Run reference = Run.shaped(rule, Backends.REFERENCE, gradients, shapes)) {
      ContractTest.staysNear(block, reference, steps);
    }
  }

  @ParameterizedTest
  @MethodSource("shaped")
  void theNumberOfThreadsDoesNotMatter(Transformation rule) {
    for (String backend : Run.backends()) {
      try (Run one = Run.shaped(rule, backend, Run.Memory.NATIVE, Gradients.TAME, 1, LARGE)) {
        Map<String, double[]> expected = one.steps(1, 2).everything();
        for (int threads = 2; threads <= 3; threads++) {
          try (Run more =
              Run.shaped(rule, backend, Run.Memory.NATIVE, Gradients.TAME, threads, LARGE)) {
            Run.assertSameBits(
                backend + " with " + threads + " threads", more.steps(1, 2).everything(), expected);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("few")
  void savedToAFileAtAStepItGoesOnAsIfNothingHadHappened(Transformation rule) {
    int steps = 6;
    for (String backend : List.of("block", "vector", Backends.REFERENCE)) {
      try (Run straight = Run.shaped(rule, backend, Gradients.TAME, SMALL)) {
        Map<String, double[]> expected = straight.steps(1, steps).everything();
        for (int k = 0; k <= steps; k++) {
          try (Run first = Run.shaped(rule, backend, Gradients.TAME, SMALL);
              Run second = Run.shaped(rule, backend, Gradients.TAME, SMALL)) {
            first.steps(1, k);
            second.resume(first);
            Run.assertSameBits(
                backend + " saved at step " + k, second.steps(k + 1, steps).everything(), expected);
          }
        }
      }
    }
  }
}
