package thalweg.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import thalweg.memory.Buffer;
import thalweg.memory.Float8;
import thalweg.memory.NumberType;
import thalweg.memory.Rounding;

/** What formats of states do to Adam: why they are those that they are. */
class StateFormatsTest {
  private static final int LENGTH = 1024;
  private static final int STEPS = 1000;
  private static final double[] SPREADS = {0.5, 1, 2};

  /** Adam's two states, rounded after each update. */
  private interface Keeping {
    void round(float[] mean, float[] square, int step);
  }

  private static Keeping in(NumberType type, boolean byChance) {
    Buffer kept = Buffer.allocate(LENGTH, type);
    Rounding rounding = new Rounding(1, "mean");
    Rounding other = new Rounding(1, "square");
    Buffer means = byChance ? kept.rounding(rounding) : kept;
    Buffer squares = byChance ? kept.rounding(other) : kept;
    return (mean, square, step) -> {
      rounding.at(step);
      other.at(step);
      means.write(0, mean, LENGTH);
      means.read(0, mean, LENGTH);
      squares.write(0, square, LENGTH);
      squares.read(0, square, LENGTH);
    };
  }

  private static Keeping inMap(boolean keepsNonzero) {
    DynamicMap means = new DynamicMap(true, false);
    DynamicMap squares = new DynamicMap(false, keepsNonzero);
    return (mean, square, _) -> {
      means.round(mean);
      squares.round(square);
    };
  }

  /** Block floats, but up or down by chance, or so that small squares may become zero. */
  private static Keeping inBlocks(boolean byChance, boolean keepsNonzero) {
    Rounding rounding = new Rounding(1, "blocks");
    return (mean, square, step) -> {
      for (float[] numbers : new float[][] {mean, square}) {
        rounding.at(2L * step + (numbers == mean ? 1 : 0));
        for (int from = 0; from < LENGTH; from += Float8.BLOCK) {
          float largest = 0;
          for (int i = from; i < from + Float8.BLOCK; i++) {
            largest = Math.max(largest, Math.abs(numbers[i]));
          }
          float scale = Float8.scale(largest, numbers == mean);
          for (int i = from; i < from + Float8.BLOCK; i++) {
            int dice = Rounding.bits(rounding.key(), i) >>> (Integer.SIZE - Float8.SHIFT);
            int added = byChance ? dice - (1 << (Float8.SHIFT - 1)) : 0;
            int least = numbers == mean ? Float8.LEAST : Float8.LEAST + 1;
            float share = Math.abs(numbers[i]) * Float8.inverse(scale);
            float moved = Float.intBitsToFloat(Math.max(0, Float.floatToRawIntBits(share) + added));
            int code = Float8.encode(Math.min(moved, Float8.TOP), scale, 1);
            boolean lost = code < least && (numbers == mean || !keepsNonzero);
            float magnitude = lost ? 0 : Float8.decode(code, scale);
            numbers[i] = Math.copySign(magnitude, numbers[i]);
          }
        }
      }
    };
  }

  /** How far the path of rounded states is from the exact one, of the length of that. */
  private static double error(Keeping keeping, GradientStream.Kind kind, double spread) {
    GradientStream stream = new GradientStream(kind, spread, LENGTH, 5);
    float[] gradient = new float[LENGTH];
    float[] mean = new float[LENGTH];
    float[] square = new float[LENGTH];
    double[] exactMean = new double[LENGTH];
    double[] exactSquare = new double[LENGTH];
    double[] path = new double[LENGTH];
    double[] exactPath = new double[LENGTH];
    double beta1 = 0.9;
    double beta2 = 0.999;
    for (int step = 1; step <= STEPS; step++) {
      stream.next(gradient);
      for (int i = 0; i < LENGTH; i++) {
        double g = gradient[i];
        mean[i] = (float) (beta1 * mean[i] + (1 - beta1) * g);
        square[i] = (float) (beta2 * square[i] + (1 - beta2) * g * g);
        exactMean[i] = beta1 * exactMean[i] + (1 - beta1) * g;
        exactSquare[i] = beta2 * exactSquare[i] + (1 - beta2) * g * g;
      }
      double first = 1 - StrictMath.pow(beta1, step);
      double second = 1 - StrictMath.pow(beta2, step);
      for (int i = 0; i < LENGTH; i++) {
        path[i] += mean[i] / first / (Math.sqrt(square[i] / second) + 1e-8);
        exactPath[i] += exactMean[i] / first / (Math.sqrt(exactSquare[i] / second) + 1e-8);
      }
      keeping.round(mean, square, step); // an update sees what it has computed itself
    }
    double distance = 0;
    double length = 0;
    for (int i = 0; i < LENGTH; i++) {
      distance += (path[i] - exactPath[i]) * (path[i] - exactPath[i]);
      length += exactPath[i] * exactPath[i];
    }
    return Math.sqrt(distance / length);
  }

  @Test
  void theDynamicMapHasTheNumbersOfThePaper() {
    float[] signed = new DynamicMap(true, false).values();
    assertThat(signed).hasSize(256).isSorted();
    assertThat(signed[255]).isEqualTo(1);
    // 64 even steps from 0.1 to 1: the last is 1 − 0.9/128; six powers down, one step: 0.55e-6
    assertThat(signed[254]).isEqualTo((float) (1 - 0.9 / 128));
    assertThat(signed[0]).isEqualTo(-signed[254]);
    assertThat(signed[127]).isEqualTo(0);
    assertThat(signed[128]).isEqualTo(0.55e-6f);
    float[] unsigned = new DynamicMap(false, false).values();
    assertThat(unsigned).hasSize(256).isSorted();
    assertThat(unsigned[0]).isEqualTo(0);
    assertThat(unsigned[1]).isEqualTo(0.325e-6f); // two steps: 0.1 + 0.9/4
    assertThat(unsigned[254]).isEqualTo((float) (1 - 0.9 / 256));
  }

  @Test
  void theDynamicMapRoundsToItsNearest() {
    float[] numbers = {4, 1, -4, 0.001f, 0};
    new DynamicMap(true, false).round(numbers);
    // 1/4: 0.1 + 0.9 (i + 1/2)/64 nearest is i = 10, 0.24765625
    assertThat(numbers[0]).isEqualTo(4);
    assertThat(numbers[1]).isEqualTo(4 * (float) (0.1 + 0.9 * 10.5 / 64));
    assertThat(numbers[4]).isEqualTo(0);
  }

  @Test
  void blockFloatsKeepAdamsPathWhereTheDynamicMapLosesIt() throws IOException {
    Map<GradientStream.Kind, double[][]> errors = new EnumMap<>(GradientStream.Kind.class);
    List<DocTable.Row> rows = new ArrayList<>();
    for (GradientStream.Kind kind : GradientStream.Kind.values()) {
      double[][] ofKind = new double[SPREADS.length][];
      for (int s = 0; s < SPREADS.length; s++) {
        Keeping[] keepings = {
          in(NumberType.BFLOAT16, false),
          in(NumberType.BFLOAT16, true),
          in(NumberType.FLOAT8, false),
          inBlocks(true, true),
          inBlocks(false, false),
          inMap(false),
          inMap(true),
        };
        double[] row = new double[keepings.length];
        for (int k = 0; k < keepings.length; k++) {
          row[k] = error(keepings[k], kind, SPREADS[s]);
        }
        ofKind[s] = row;
        rows.add(
            new DocTable.Row(
                "%s, spread %s"
                    .formatted(kind.name().toLowerCase(java.util.Locale.ROOT), SPREADS[s]),
                row));
      }
      errors.put(kind, ofKind);
    }
    new DocTable(
            "docs/low-precision.md",
            "formats of states",
            List.of(
                "gradients",
                "bf16, nearest",
                "bf16, by chance",
                "8-bit block floats",
                "by chance",
                "losing to zero",
                "dynamic map",
                "dynamic map, keeping above zero"))
        .holds(rows);
  }
}
