package thalweg.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import thalweg.formula.Assignment;
import thalweg.formula.BinaryOp;
import thalweg.formula.Chain;
import thalweg.formula.Expr;
import thalweg.formula.Formula;
import thalweg.formula.Reduction;
import thalweg.formula.Scalar;
import thalweg.formula.Scope;
import thalweg.formula.Solution;
import thalweg.formula.Tensor;
import thalweg.optimizer.ArrayParameter;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.Parameters;
import thalweg.plan.Plan;
import thalweg.print.FormulaPrinter;
import thalweg.walk.Walk;

class ProjectSimplexTest {
  private static Chain simplex(double radius) {
    return Chain.of(new Descend(1), new ProjectSimplex(radius));
  }

  @Test
  void theLargestShareTheRadius() {
    // {1, 0.5} stay: τ = (1.5 − 1)/2 = 0.25
    Walk.of(simplex(1), 2, 0.5, -1).step(1, 0, 0).isAt(0.75, 0.25, 0);
    // {1, 0.5, 0.25, 0.125}: τ = (1.875 − 1.5)/4 = 0.09375, above 0.0625
    Walk.of(simplex(1.5), 1, 0.5, 0.25, 0.125, 0.0625)
        .step(0, 0, 0, 0, 0)
        .isAt(0.90625, 0.40625, 0.15625, 0.03125, 0);
  }

  @Test
  void equalOnesGetEqualSharesAndAHugeOneGetsAll() {
    Walk.of(simplex(1), 7, 7, 7, 7).step(0, 0, 0, 0).isAt(0.25, 0.25, 0.25, 0.25);
    Walk.of(simplex(3), 1e6, 0, -1e6).step(0, 0, 0).isAt(3, 0, 0);
    Walk.of(simplex(2), -5).step(1).isAt(2);
  }

  @Test
  void whatIsOnTheSimplexStays() {
    // max 0.5: y = {0, −0.25, −0.25, −0.5}, τ = (−0.5 − 1)/3 = −0.5, and 0 is at the edge
    Walk.of(simplex(1), 0.5, 0.25, 0.25, 0).step(0, 0, 0, 0).isAt(0.5, 0.25, 0.25, 0);
    Walk.of(simplex(1), 1, 0).step(0, 0).isAt(1, 0);
  }

  @Test
  void tiesAtTheEdgeGoAlike() {
    // {1, 0, 0}: τ = (1 − 1)/1 = 0 and the two ties are at it
    Walk.of(simplex(1), 1, 0, 0).step(0, 0, 0).isAt(1, 0, 0);
    // {1, 0.5, 0.5}: τ = (2 − 1.5)/3 = 1/6
    Walk.of(simplex(1.5), 1, 0.5, 0.5).step(0, 0, 0).isAt(5 / 6.0, 1 / 3.0, 1 / 3.0);
    // all negative: {−1, −1, −2}: τ = (−2 − 1)/2 = −1.5
    Walk.of(simplex(1), -1, -1, -2).step(0, 0, 0).isAt(0.5, 0.5, 0);
  }

  @Test
  void aTensorWithoutElementsStaysEmpty() {
    Walk.of(simplex(1)).step().isAt();
  }

  /** Tensors that put the threshold, or crowds of elements, where a search has it hard. */
  private static List<float[]> hard(double radius) {
    Random random = new Random(3);
    int n = 5000;
    float[][] cases = new float[10][n];
    for (int i = 0; i < n; i++) {
      cases[0][i] = (float) Math.pow(2, -i);
      cases[1][i] = 1;
      cases[2][i] = i == 17 ? 1e6f : 0;
      cases[3][i] = (float) random.nextGaussian();
      cases[4][i] = random.nextFloat();
      cases[5][i] = 1e4f + (float) random.nextGaussian();
      cases[6][i] = i == 17 ? 0 : Math.nextUp((float) -radius);
      cases[7][i] = i == 17 ? 0 : (float) (-0.9 * radius);
      cases[8][i] = (float) (-radius * random.nextInt(100) / 1000);
      cases[9][i] = (float) (-radius * Math.pow(2, -16 * random.nextDouble()));
    }
    List<float[]> all = new ArrayList<>(List.of(cases));
    // 2^k largest, and a crowd of neighbouring float32 numbers with the threshold in its middle:
    // there 8 of the 64 neighbours is the mean excess
    for (int trial = 0; trial < 30; trial++) {
      int tops = 1 << (trial % 10);
      float[] crowd = new float[20_000];
      float step = Math.ulp((float) (radius / tops));
      float middle = (float) (-(radius - 8.0 * step * (crowd.length - tops)) / tops);
      for (int i = tops; i < crowd.length; i++) {
        crowd[i] = middle + (random.nextInt(65) - 32) * step;
      }
      all.add(crowd);
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-3, 0.5, 1, 3, 1000})
  void theThresholdIsExactWhateverTheTensorHolds(double radius) {
    for (float[] w : hard(radius)) {
      double[] y = shifted(w);
      double tau = bySorting(y, radius);
      Parameters parameters = Parameters.of(ArrayParameter.of("w", w, new float[w.length]));
      Optimizer.of(simplex(radius), parameters).step();
      double sum = 0;
      double error = 0;
      for (int i = 0; i < w.length; i++) {
        error = Math.max(error, Math.abs(w[i] - Math.max(y[i] - tau, 0)));
        sum += w[i];
      }
      assertThat(error).isLessThan(1e-7 * radius);
      assertThat(sum).isCloseTo(radius, within(5e-6 * radius));
    }
  }

  /**
   * What the printed equation says, evaluated in double, of a threshold that it knows nothing of.
   */
  @Test
  void theThresholdBySortingSolvesWhatThePrintedEquationSays() {
    Formula formula = Formula.of(simplex(3));
    assertThat(FormulaPrinter.of(formula).text())
        .containsExactly(
            "θ ← θ − η g",
            "y ← θ − maxₜₑₙₛₒᵣ(θ)",
            "τ solves Σₜₑₙₛₒᵣ(max(y − τ, 0)) = r",
            "θ ← max(y − float32(τ) − (τ − float32(τ)), 0)");
    assertThat(formula.solutions()).hasSize(1);
    Solution solution = formula.solutions().getFirst();
    assertThat(solution.right())
        .isInstanceOfSatisfying(
            Scalar.Hyper.class, right -> assertThat(right.name()).isEqualTo("radius"));
    Scalar.Reduce sum = (Scalar.Reduce) solution.left();
    assertThat(sum.kind()).isEqualTo(Reduction.SUM);
    assertThat(sum.scope()).isEqualTo(Scope.TENSOR);
    for (float[] w : hard(3)) {
      double[] shifted = shifted(w);
      double tau = bySorting(shifted, 3);
      double total = 0;
      for (double y : shifted) {
        total += value(sum.of(), solution.line(), y, tau);
      }
      assertThat(total).isCloseTo(3, within(1e-9));
    }
  }

  private static double value(Expr expr, Assignment unknown, double y, double tau) {
    return switch (expr) {
      case Tensor.Ref(Assignment line) when line.symbol().equals("y") -> y;
      case Scalar.Ref(Assignment line) when line == unknown -> tau;
      case Scalar.Constant(double constant) -> constant;
      case Tensor.Spread(Scalar of) -> value(of, unknown, y, tau);
      case Tensor.Binary(BinaryOp op, Tensor a, Tensor b) when op == BinaryOp.SUBTRACT ->
          value(a, unknown, y, tau) - value(b, unknown, y, tau);
      case Tensor.Binary(BinaryOp op, Tensor a, Tensor b) when op == BinaryOp.MAX ->
          Math.max(value(a, unknown, y, tau), value(b, unknown, y, tau));
      default -> throw new AssertionError("the equation has another shape: " + expr);
    };
  }

  private static double[] shifted(float[] x) {
    float largest = Float.NEGATIVE_INFINITY;
    for (float one : x) {
      largest = Math.max(largest, one);
    }
    double[] shifted = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      shifted[i] = x[i] - largest;
    }
    return shifted;
  }

  /** The threshold by Duchi et al. 2008, Figure 1, in double. */
  private static double bySorting(double[] y, double radius) {
    double[] sorted = y.clone();
    Arrays.sort(sorted);
    double sum = -radius;
    double tau = 0;
    for (int k = 1; k <= y.length; k++) {
      sum += sorted[y.length - k];
      if (sorted[y.length - k] > sum / k) {
        tau = sum / k;
      }
    }
    return tau;
  }

  @Test
  void whatIsNotFiniteMakesItsTensorNaN() {
    Walk.of(simplex(1), 1, Double.NaN).step(0, 0).isAt(Double.NaN, Double.NaN);
    Walk.of(simplex(1), 1, Double.POSITIVE_INFINITY).step(0, 0).isAt(Double.NaN, Double.NaN);
    Walk.of(simplex(1), 1, Double.NEGATIVE_INFINITY).step(0, 0).isAt(1, 0);
  }

  @Test
  void takesNinePasses() {
    assertThat(Plan.of(Formula.of(simplex(1))).trips()).hasSize(9);
  }
}
