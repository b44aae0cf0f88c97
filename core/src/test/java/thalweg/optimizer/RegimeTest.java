package thalweg.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import thalweg.rules.Sgd;
import thalweg.walk.LeastSquares;

/** How much of the data an update sees. */
class RegimeTest {
  /** So many terms without a gradient. */
  private static FiniteSum of(int terms, int... wrong) {
    return new FiniteSum() {
      @Override
      public int size() {
        return terms;
      }

      @Override
      public double gradient(int... asked) {
        return 1;
      }

      @Override
      public boolean isWrong(int term) {
        return Arrays.stream(wrong).anyMatch(one -> one == term);
      }
    };
  }

  private static List<List<Integer>> take(Regime regime, FiniteSum sum, int updates) {
    List<List<Integer>> taken = new ArrayList<>();
    for (int i = 0; i < updates; i++) {
      taken.add(Arrays.stream(regime.next(sum)).boxed().toList());
    }
    return taken;
  }

  @Test
  void theFullBatchIsAllTermsInOrderEachTime() {
    assertThat(take(Regime.full(), of(4), 2))
        .containsExactly(List.of(0, 1, 2, 3), List.of(0, 1, 2, 3));
  }

  @Test
  void miniBatchesSeeEachTermOnceAnEpochAndTheLastIsSmaller() {
    Regime regime = Regime.miniBatch(3, 7);
    List<List<Integer>> epochs = new ArrayList<>();
    for (int epoch = 0; epoch < 3; epoch++) {
      List<List<Integer>> batches = take(regime, of(10), 4);
      assertThat(batches).extracting(List::size).containsExactly(3, 3, 3, 1);
      List<Integer> all = batches.stream().flatMap(List::stream).toList();
      assertThat(all).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
      epochs.add(all);
    }
    assertThat(epochs).doesNotHaveDuplicates(); // an order drawn for each
  }

  @Test
  void aMiniBatchOfAllTermsIsOneUpdateAnEpoch() {
    assertThat(take(Regime.miniBatch(4, 1), of(4), 3))
        .allSatisfy(batch -> assertThat(batch).containsExactlyInAnyOrder(0, 1, 2, 3));
  }

  @Test
  void oneTermIsDrawnAnewEachTimeAndAllComeUp() {
    List<List<Integer>> taken = take(Regime.oneTerm(3), of(5), 1000);
    int[] counts = new int[5];
    for (List<Integer> one : taken) {
      assertThat(one).hasSize(1);
      counts[one.getFirst()]++;
    }
    // mean 200, standard deviation √(1000·0.2·0.8) = 12.6
    assertThat(Arrays.stream(counts)).allMatch(count -> count > 140 && count < 260);
    assertThat(IntStream.range(0, 200).map(epoch -> distinct(taken, epoch)))
        .as("with replacement: some epoch lacks a term")
        .anyMatch(distinct -> distinct < 5);
  }

  private static int distinct(List<List<Integer>> taken, int epoch) {
    return new TreeSet<>(
            taken.subList(epoch * 5, epoch * 5 + 5).stream().map(List::getFirst).toList())
        .size();
  }

  @Test
  void theSeedDecidesTheOrder() {
    assertThat(take(Regime.miniBatch(3, 7), of(10), 9))
        .isEqualTo(take(Regime.miniBatch(3, 7), of(10), 9))
        .isNotEqualTo(take(Regime.miniBatch(3, 8), of(10), 9));
    assertThat(take(Regime.oneTerm(7), of(10), 9))
        .isEqualTo(take(Regime.oneTerm(7), of(10), 9))
        .isNotEqualTo(take(Regime.oneTerm(8), of(10), 9));
    FiniteSum wrong = of(10, 1, 3, 5, 7, 9);
    assertThat(take(Regime.misclassified(7), wrong, 9))
        .isEqualTo(take(Regime.misclassified(7), wrong, 9))
        .isNotEqualTo(take(Regime.misclassified(8), wrong, 9));
  }

  @Test
  void aSumThatGrowsOrShrinksBeginsANewEpoch() {
    Regime regime = Regime.miniBatch(2, 1);
    take(regime, of(6), 1);
    List<Integer> grown = take(regime, of(8), 4).stream().flatMap(List::stream).toList();
    assertThat(grown).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7);
    take(regime, of(8), 1);
    List<Integer> shrunk = take(regime, of(2), 1).getFirst();
    assertThat(shrunk).containsExactlyInAnyOrder(0, 1);
  }

  @Test
  void onlyTermsThatAreWrongAreDrawnAndNoneIfNoneIs() {
    List<List<Integer>> taken = take(Regime.misclassified(1), of(10, 2, 5), 50);
    assertThat(taken).containsOnly(List.of(2), List.of(5));
    assertThat(Regime.misclassified(1).next(of(10))).isEmpty();
  }

  @Test
  void wrongSizesAreNamed() {
    assertThatThrownBy(() -> Regime.miniBatch(0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a mini-batch has at least 1 term, got 0");
    assertThatThrownBy(() -> Regime.miniBatch(11, 1).next(of(10)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a mini-batch of 11 is larger than the data, which has 10 terms");
    assertThatThrownBy(() -> Regime.full().next(of(0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a sum of no terms has no gradient");
    FiniteSum silent = LeastSquares.two(true);
    assertThatThrownBy(() -> Regime.misclassified(1).next(silent))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage("this sum does not say which terms are wrong; override isWrong(term)");
  }

  @Test
  void theFullBatchStepsByTheMeanOfTheTermsGradients() {
    // gradients −1 and −6 at 0
    LeastSquares sum = LeastSquares.two(true);
    try (var optimizer =
        Optimizer.over(sum.parameters()).otherwise(Sgd.lr(0.1)).backend("reference").build()) {
      // losses ½ and 4½
      assertThat(Regime.full().update(optimizer, sum)).isEqualTo(2.5);
      assertThat(sum.at()[0]).isCloseTo(0.35, within(1e-15));
    }
  }

  /** Labels times points; the loss of a term is max(0, −w·z), its gradient −z where it is wrong. */
  private static final class Perceptron implements FiniteSum {
    final double[][] points;
    final double[] w;
    final double[] gradient;
    int updates;

    Perceptron(double[][] points) {
      this.points = points;
      w = new double[points[0].length];
      gradient = new double[w.length];
    }

    private double output(int term) {
      double sum = 0;
      for (int i = 0; i < w.length; i++) {
        sum += w[i] * points[term][i];
      }
      return sum;
    }

    @Override
    public int size() {
      return points.length;
    }

    @Override
    public boolean isWrong(int term) {
      return output(term) <= 0;
    }

    @Override
    public double gradient(int... terms) {
      updates++;
      assertThat(terms).hasSize(1);
      for (int i = 0; i < w.length; i++) {
        gradient[i] = -points[terms[0]][i];
      }
      return -output(terms[0]);
    }
  }

  /** Novikoff 1962: at most (R/γ)² updates, R the largest ‖z‖, γ the margin of some unit vector. */
  @Test
  void thePerceptronStopsWithinNovikoffsBound() {
    Random random = new Random(9);
    double margin = 0.2;
    for (int trial = 0; trial < 20; trial++) {
      double[][] points = new double[60][];
      double radius = 0;
      for (int i = 0; i < points.length; i++) {
        double[] z = null;
        while (z == null || (z[0] + z[1]) / Math.sqrt(2) < margin) {
          z = new double[] {2 * random.nextDouble() - 1, 2 * random.nextDouble() - 1};
        }
        points[i] = z;
        radius = Math.max(radius, Math.hypot(z[0], z[1]));
      }
      Perceptron sum = new Perceptron(points);
      Regime regime = Regime.misclassified(trial);
      try (var optimizer =
          Optimizer.over(Parameters.of(ArrayParameter.of("w", sum.w, sum.gradient)))
              .otherwise(Sgd.lr(1))
              .backend("reference")
              .build()) {
        double bound = radius / margin * (radius / margin);
        for (int k = 0; k <= bound + 1; k++) {
          regime.update(optimizer, sum);
        }
        assertThat(sum.updates).isBetween(1, (int) bound);
        for (int i = 0; i < points.length; i++) {
          assertThat(sum.isWrong(i)).isFalse();
        }
        double[] still = sum.w.clone();
        int updates = sum.updates;
        assertThat(regime.update(optimizer, sum)).isZero();
        assertThat(sum.w).containsExactly(still);
        assertThat(sum.updates).isEqualTo(updates);
        assertThat(optimizer.state().updates()).containsEntry("default/w", (long) updates);
      }
    }
  }

  @Test
  void itGoesOnFromAnyPlaceAsIfItHadNotStopped() {
    for (int kind = 0; kind < 4; kind++) {
      List<List<Integer>> straight = take(regime(kind), of(10, 2, 5, 7), 25);
      for (int k = 0; k <= 25; k++) {
        Regime first = regime(kind);
        List<List<Integer>> stopped = new ArrayList<>(take(first, of(10, 2, 5, 7), k));
        stopped.addAll(take(regime(kind).from(first.place()), of(10, 2, 5, 7), 25 - k));
        assertThat(stopped).as(kind + " stopped at " + k).isEqualTo(straight);
      }
    }
    assertThatThrownBy(() -> Regime.full().from(List.of(1, 2, 3, 4)))
        .hasMessage("[1, 2, 3, 4] is no place of a regime");
  }

  private static Regime regime(int kind) {
    return switch (kind) {
      case 0 -> Regime.full();
      case 1 -> Regime.miniBatch(4, 7);
      case 2 -> Regime.oneTerm(7);
      default -> Regime.misclassified(7);
    };
  }
}
