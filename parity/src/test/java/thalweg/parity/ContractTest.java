package thalweg.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import thalweg.execute.Backends;
import thalweg.formula.Chain;
import thalweg.formula.Formula;
import thalweg.formula.Transformation;
import thalweg.plan.Plan;

/** What holds for every rule, whatever it computes. */
class ContractTest {
  private static final int[] LENGTHS = {0, 1, 7, 15, 16, 17, 1023, 1024, 1025, 4099};
  private static final int STEPS = 20;

  /** Float32 against double, relative to max(1, |value|) of the largest value so far. */
  private static final double BOUND = 5e-6;

  static List<Transformation> cases() {
    return Cases.all();
  }

  /** Without noise, which is drawn by the place of an element and the name of its tensor. */
  static List<Transformation> placeless() {
    return Cases.all().stream()
        .filter(rule ->
            Plan.of(Formula.of(rule)).trips().stream()
                .flatMap(trip -> trip.buffers().stream())
                .noneMatch(Plan.Source.Drawn.class::isInstance))
        .toList();
  }

  static List<Transformation> few() {
    return Cases.few();
  }

  @Test
  void everyTypeBringsSeveralCases() {
    assertThat(Cases.all().size()).isGreaterThan(2 * Cases.types().size());
    assertThat(Cases.all()).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyBackendAgreesWithBlockInEveryBit(Transformation rule) {
    for (Gradients gradients : Gradients.values()) {
      for (int length : LENGTHS) {
        try (Run block = Run.of(rule, "block", gradients, length)) {
          Map<String, double[]> expected = block.steps(1, STEPS).everything();
          for (String backend : Run.backends()) {
            try (Run other = Run.of(rule, backend, gradients, length)) {
              Run.assertSameBits(
                  backend + " " + gradients, other.steps(1, STEPS).everything(), expected);
            }
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void javaArraysGiveTheSameBitsAsNativeMemory(Transformation rule) {
    int[] lengths = {17, 0, 1025};
    for (String backend : Run.backends()) {
      try (Run natively = Run.of(rule, backend, Gradients.WILD, lengths);
          Run arrays = Run.of(rule, backend, Run.Memory.ARRAYS, Gradients.WILD, 1, lengths)) {
        Run.assertSameBits(
            backend, arrays.steps(1, STEPS).everything(), natively.steps(1, STEPS).everything());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void float32StaysNearTheReference(Transformation rule) {
    Gradients gradients = Cases.comparable(rule);
    for (int length : LENGTHS) {
      try (Run reference = Run.of(rule, Backends.REFERENCE, gradients, length);
          Run block = Run.of(rule, "block", gradients, length)) {
        staysNear(block, reference, STEPS);
      }
    }
  }

  /** Leads both through their steps and compares all there is after each. */
  static void staysNear(Run float32, Run reference, int steps) {
    Map<String, double[]> sizes = new HashMap<>();
    for (int step = 1; step <= steps; step++) {
      Map<String, double[]> expected = reference.steps(step, step).everything();
      Map<String, double[]> actual = float32.steps(step, step).everything();
      expected.forEach((name, values) -> {
        double[] size = sizes.computeIfAbsent(name, _ -> new double[values.length]);
        for (int i = 0; i < size.length; i++) {
          size[i] = Math.max(size[i], Math.abs(values[i]));
        }
        near(name, Objects.requireNonNull(actual.get(name)), values, size);
      });
    }
  }

  /**
   * Within the bound of the largest size the element has had: a sum that was 100 and is 1 by now
   * keeps the rounding of 100.
   */
  static void near(String what, double[] actual, double[] expected, double[] sizes) {
    assertThat(actual).hasSameSizeAs(expected);
    double bound = Cases.isQuotientOfSums(what) ? 20 * BOUND : BOUND;
    for (int i = 0; i < expected.length; i++) {
      double error = Math.abs(actual[i] - expected[i]) / Math.max(1, sizes[i]);
      if (!(error <= bound)) {
        throw new AssertionError(
            "%s[%d] is %s, expected %s: error %s is over %s"
                .formatted(what, i, actual[i], expected[i], error, bound));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aRateOfZeroMovesNothing(Transformation rule) {
    Transformation still = Cases.atRateZero(rule);
    for (String backend : everyBackend()) {
      try (Run run = Run.of(still, backend, Gradients.TAME, 1025)) {
        if (projects(rule)) { // moves the start into its set, and there keeps it up to rounding
          double[] inside = run.steps(1, 1).values(0);
          near(backend, run.steps(2, STEPS).values(0), inside, new double[inside.length]);
          continue;
        }
        double[] before = run.values(0);
        Run.assertSameBits(backend, run.steps(1, STEPS).values(0), before);
      }
    }
  }

  private static boolean projects(Transformation rule) {
    return rule instanceof Chain(List<Transformation> links)
        && links.stream().anyMatch(link -> link.name().startsWith("project_"));
  }

  @ParameterizedTest
  @MethodSource("placeless")
  void permutingTheElementsPermutesTheResult(Transformation rule) {
    int length = 1025;
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      order.add(i);
    }
    Collections.shuffle(order, new Random(7));
    boolean elementwise = Plan.of(Formula.of(rule)).trips().size() == 1;
    float[] start = Gradients.start(length, 3);
    for (String backend : Run.backends()) {
      try (Run straight = Run.from(rule, backend, start);
          Run permuted = Run.from(rule, backend, permuted(start, order))) {
        float[] gradient = new float[length];
        for (int step = 1; step <= STEPS; step++) {
          Gradients.TAME.fill(gradient, 3, step);
          straight.step(gradient);
          permuted.step(permuted(gradient, order));
        }
        double[] expected = new double[length];
        for (int i = 0; i < length; i++) {
          expected[i] = straight.values(0)[order.get(i)];
        }
        if (elementwise) {
          Run.assertSameBits(backend, permuted.values(0), expected);
        } else {
          near(
              backend,
              permuted.values(0),
              expected,
              Arrays.stream(expected).map(Math::abs).toArray());
        }
      }
    }
  }

  private static float[] permuted(float[] values, List<Integer> order) {
    float[] result = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = values[order.get(i)];
    }
    return result;
  }

  @ParameterizedTest
  @MethodSource("few")
  void theNumberOfThreadsDoesNotMatter(Transformation rule) {
    // one tensor of four chunks, many small ones, some empty
    int[] lengths = new int[120];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = i == 50 ? 200_003 : i % 10 == 4 ? 0 : (i * 37) % 2000;
    }
    for (String backend : Run.backends()) {
      try (Run one = Run.of(rule, backend, Run.Memory.NATIVE, Gradients.TAME, 1, lengths)) {
        Map<String, double[]> expected = one.steps(1, 2).everything();
        for (int threads = 2; threads <= 3; threads++) {
          try (Run more =
              Run.of(rule, backend, Run.Memory.NATIVE, Gradients.TAME, threads, lengths)) {
            Run.assertSameBits(
                backend + " with " + threads + " threads", more.steps(1, 2).everything(), expected);
          }
        }
      }
    }
  }

  @Test
  void backendsAgreeOnATensorOfManyChunks() {
    for (Transformation rule : Cases.few()) {
      try (Run block = Run.of(rule, "block", Gradients.TAME, 200_003)) {
        Map<String, double[]> expected = block.steps(1, 2).everything();
        for (String backend : Run.backends()) {
          try (Run other = Run.of(rule, backend, Gradients.TAME, 200_003)) {
            Run.assertSameBits(backend + " " + rule, other.steps(1, 2).everything(), expected);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("placeless")
  void cuttingATensorInPiecesDoesNotMatterWithoutReductions(Transformation rule) {
    if (Plan.of(Formula.of(rule)).trips().size() > 1) {
      return; // a reduction sees other tensors, and is meant to
    }
    int length = 2077;
    int[] cuts = {0, 1, 18, 1041, 2077};
    float[] start = Gradients.start(length, 3);
    float[][] pieces = pieces(start, cuts);
    for (String backend : Run.backends()) {
      try (Run whole = Run.from(rule, backend, start);
          Run cut = Run.from(rule, backend, pieces)) {
        float[] gradient = new float[length];
        for (int step = 1; step <= STEPS; step++) {
          Gradients.WILD.fill(gradient, 3, step);
          whole.step(gradient);
          cut.step(pieces(gradient, cuts));
        }
        double[] expected = whole.values(0);
        for (int p = 0; p < pieces.length; p++) {
          Run.assertSameBits(
              backend + " piece " + p,
              cut.values(p),
              Arrays.copyOfRange(expected, cuts[p], cuts[p + 1]));
        }
      }
    }
  }

  private static float[][] pieces(float[] values, int[] cuts) {
    float[][] pieces = new float[cuts.length - 1][];
    for (int p = 0; p < pieces.length; p++) {
      pieces[p] = Arrays.copyOfRange(values, cuts[p], cuts[p + 1]);
    }
    return pieces;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void savedToAFileAtAnyStepItGoesOnAsIfNothingHadHappened(Transformation rule) {
    int steps = 8;
    for (String backend : everyBackend()) {
      try (Run straight = Run.of(rule, backend, Gradients.TAME, 33, 0, 1030)) {
        Map<String, double[]> expected = straight.steps(1, steps).everything();
        for (int k = 0; k <= steps; k++) {
          try (Run first = Run.of(rule, backend, Gradients.TAME, 33, 0, 1030);
              Run second = Run.of(rule, backend, Gradients.TAME, 33, 0, 1030)) {
            first.steps(1, k);
            second.resume(first);
            Run.assertSameBits(
                backend + " saved at step " + k, second.steps(k + 1, steps).everything(), expected);
          }
        }
      }
    }
  }

  private static List<String> everyBackend() {
    List<String> all = new ArrayList<>(Run.backends());
    all.add(Backends.REFERENCE);
    return all;
  }
}
