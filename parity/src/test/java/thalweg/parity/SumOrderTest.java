package thalweg.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import thalweg.execute.Backends;
import thalweg.formula.Extent;
import thalweg.formula.Rule;
import thalweg.formula.State;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.rules.Adafactor;

/**
 * The order that {@code docs/numerics.md} states for sums along rows and columns, in plain Java.
 */
public class SumOrderTest {
  /** Remembers one sum. */
  public record Summing(Extent extent) implements Rule {
    @Override
    public String name() {
      return "summing";
    }

    @Override
    public Tensor apply(Tensor g, Step step) {
      State sum = step.state("sum", "s", 0, extent);
      sum.becomes(g.sum(extent));
      return step.descend(g, step.hyper("lr", 0));
    }
  }

  private static float[] gradient(int length) {
    float[] gradient = new float[length];
    Gradients.TAME.fill(gradient, 5, 1);
    return gradient;
  }

  private static void check(Extent extent, List<Long> shape, double[] expected, float[] gradient) {
    for (String backend : Run.backends()) {
      try (Run run =
          Run.shaped(
              new Summing(extent), backend, Run.Memory.NATIVE, Gradients.TAME, 2, List.of(shape))) {
        double[] sums =
            Objects.requireNonNull(run.step(gradient).everything().get("default/summing/sum/p0"));
        Run.assertSameBits(backend + " " + shape, sums, expected);
      }
    }
  }

  @Test
  void columnsAreSummedInBandsOfRows() {
    columns(1, 1000, 3, 256); // 65 536 / 3, but at most 256
    columns(1, 700, 300, 218); // 65 536 / 300
    columns(1, 130, 2000, 64); // 65 536 / 2000, but at least 64
    columns(2, 300, 5, 256);
  }

  private static void columns(int matrices, int rows, int width, int rowsOfBand) {
    float[] gradient = gradient(matrices * rows * width);
    double[] expected = new double[matrices * width];
    for (int m = 0; m < matrices; m++) {
      for (int c = 0; c < width; c++) {
        double bands = 0;
        for (int first = 0; first < rows; first += rowsOfBand) {
          float band = 0;
          for (int r = first; r < Math.min(first + rowsOfBand, rows); r++) {
            band += gradient[(m * rows + r) * width + c];
          }
          bands += band;
        }
        expected[m * width + c] = (float) bands;
      }
    }
    check(Extent.COLUMN, List.of((long) matrices, (long) rows, (long) width), expected, gradient);
  }

  @Test
  void rowsAreSummedInPiecesBlocksAndLanes() {
    rows(5, 3);
    rows(3, 1030);
    rows(2, 70_001);
  }

  private static void rows(int rows, int width) {
    float[] gradient = gradient(rows * width);
    double[] expected = new double[rows];
    for (int r = 0; r < rows; r++) {
      double row = 0;
      for (int piece = 0; piece < width; piece += 65_536) {
        double blocks = 0;
        int end = Math.min(piece + 65_536, width);
        for (int block = piece; block < end; block += 1024) {
          float[] lanes = new float[16];
          for (int i = block; i < Math.min(block + 1024, end); i++) {
            lanes[(i - block) % 16] += gradient[r * width + i];
          }
          double folded = 0;
          for (float lane : lanes) {
            folded += lane;
          }
          blocks += folded;
        }
        row += blocks;
      }
      expected[r] = (float) row;
    }
    check(Extent.ROW, List.of((long) rows, (long) width), expected, gradient);
  }

  /**
   * Equal addends are the worst: while a sum is in one binade each addition errs to the same side.
   * Of 256 in a row that is 4e-6 at most.
   */
  @Test
  void aTallColumnOfEqualNumbersStaysWithinTheBound() {
    List<List<Long>> tall = List.of(List.of(20_000L, 3L));
    for (float value : new float[] {0.1f, 1.3f, 1.4142f, 1.9f}) {
      try (Run block = Run.shaped(Adafactor.lr(0.01), "block", Gradients.TAME, tall);
          Run reference =
              Run.shaped(Adafactor.lr(0.01), Backends.REFERENCE, Gradients.TAME, tall)) {
        float[] gradient = new float[60_000];
        java.util.Arrays.fill(gradient, value);
        double[] mean = columnMean(block.step(gradient));
        double[] exact = columnMean(reference.step(gradient));
        for (int c = 0; c < 3; c++) {
          assertThat(Math.abs(mean[c] / exact[c] - 1)).isLessThan(5e-6);
        }
      }
    }
  }

  private static double[] columnMean(Run run) {
    return Objects.requireNonNull(run.everything().get("default/adafactor/col_var/p0"));
  }
}
