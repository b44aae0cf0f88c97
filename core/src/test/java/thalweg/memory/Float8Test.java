package thalweg.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * A byte is exponent and 3 bits after the point, counted down from 1: eight codes for each factor
 * of two, 1, 15/16, 14/16, …, 9/16, 1/2, 15/32, …
 */
class Float8Test {
  private static final double UNSIGNED_LEAST = Math.pow(2, -30);
  private static final double SIGNED_LEAST = Math.pow(2, -14);

  private static Buffer block(float... values) {
    Buffer buffer = Buffer.allocate(values.length, NumberType.FLOAT8);
    buffer.write(0, values, values.length);
    return buffer;
  }

  private static float[] floats(int length, IntToDoubleFunction made) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) made.applyAsDouble(i);
    }
    return values;
  }

  private static int[] codes(Buffer buffer) {
    byte[] codes = new byte[(int) buffer.length()];
    buffer.readCodes(0, codes, codes.length);
    int[] unsigned = new int[codes.length];
    Arrays.setAll(unsigned, i -> codes[i] & 0xFF);
    return unsigned;
  }

  private static double scale(Buffer buffer, long block) {
    Buffer scales = buffer.scales();
    assertThat(scales).isNotNull();
    return scales == null ? 0 : scales.get(block);
  }

  @Test
  void aBlockWithoutASignCountsDownFromItsLargest() {
    Buffer buffer = block(15, 14, 13, 8, 7.5f, 4, 2, 1, 0);
    assertThat(scale(buffer, 0)).isEqualTo(8); // of which 15 is 15/8
    // 15/8, 14/8, 13/8, 1, 15/16, 1/2, 1/4, 1/8: each halving is 8 codes
    assertThat(codes(buffer)).containsExactly(255, 254, 253, 248, 247, 240, 232, 224, 0);
    assertThat(buffer.toDoubles()).containsExactly(15, 14, 13, 8, 7.5, 4, 2, 1, 0);
  }

  @Test
  void aBlockWithASignHasHalfTheCodesForEach() {
    Buffer buffer = block(-15, 14, -8, 4, 0, -0.0f);
    assertThat(scale(buffer, 0)).isEqualTo(-8);
    assertThat(codes(buffer)).containsExactly(0x80 + 127, 126, 0x80 + 120, 112, 0, 0x80);
    assertThat(buffer.toDoubles()).containsExactly(-15, 14, -8, 4, 0, -0.0);
  }

  @Test
  void theSmallestCodeButZeroIs8() {
    // 247 codes below 15/8 is code 8: 30 halvings below 1, which is code 248
    assertThat(Float8.decode(8, 1)).isEqualTo((float) UNSIGNED_LEAST);
    assertThat(Float8.decode(9, 1)).isEqualTo((float) (1.125 * UNSIGNED_LEAST));
    // with a sign, 1 is code 120: 14 halvings
    assertThat(Float8.decode(8, -1)).isEqualTo((float) SIGNED_LEAST);
    assertThat(Float8.decode(0x88, -1)).isEqualTo((float) -SIGNED_LEAST);
  }

  @Test
  void everyCodeDecodesAndEncodesToItself() {
    for (float scale : new float[] {1, 3, 0.1f, 1e-20f, 7e37f, Float.MAX_VALUE / 2, 1e-25f}) {
      for (float signed : new float[] {scale, -scale}) {
        float inverse = Float8.inverse(signed);
        for (int code = 0; code < 256; code++) {
          int magnitude = signed < 0 ? code & 0x7F : code;
          if (magnitude == 0 || magnitude >= Float8.LEAST) {
            float value = Float8.decode(code, signed);
            assertThat(Float8.encode(value, signed, inverse))
                .as("code %d to scale %s", code, signed)
                .isEqualTo(code);
          }
        }
      }
    }
  }

  @Test
  void codesGrowWithWhatTheyStandFor() {
    for (int code = 9; code < 256; code++) {
      assertThat(Float8.decode(code, 3)).isGreaterThan(Float8.decode(code - 1, 3));
    }
    for (int code = 9; code < 128; code++) {
      assertThat(Float8.decode(code, -3)).isGreaterThan(Float8.decode(code - 1, -3));
      assertThat(Float8.decode(0x80 | code, -3)).isEqualTo(-Float8.decode(code, -3));
    }
  }

  /** The code of a multiple of the scale that is nearest, of two the larger; by looking at all. */
  private static int nearest(float share, int codes, float scaleOfOne) {
    int best = Float8.LEAST;
    for (int code = Float8.LEAST; code <= codes; code++) {
      double distance = Math.abs(Float8.decode(code, scaleOfOne) - (double) share);
      if (distance <= Math.abs(Float8.decode(best, scaleOfOne) - (double) share)) {
        best = code;
      }
    }
    return best;
  }

  @Test
  void nearestIsNearest() {
    Random random = new Random(1);
    for (int i = 0; i < 2000; i++) {
      float share = (float) (1.875 * Math.pow(2, -30.9 * random.nextDouble()));
      assertThat(Float8.encode(share, 1, 1)).isEqualTo(nearest(share, 255, 1));
      share = (float) (1.875 * Math.pow(2, -14.9 * random.nextDouble()));
      int code = nearest(share, 127, -1);
      assertThat(Float8.encode(share, -1, 1)).isEqualTo(code);
      assertThat(Float8.encode(-share, -1, 1)).isEqualTo(0x80 | code);
    }
  }

  @Test
  void aTieGoesAwayFromZero() {
    // between 14/8 and 15/8; between 1 and 9/8
    assertThat(Float8.encode(29 / 16f, 1, 1)).isEqualTo(255);
    assertThat(Float8.encode(Math.nextDown(29 / 16f), 1, 1)).isEqualTo(254);
    assertThat(Float8.encode(17 / 16f, 1, 1)).isEqualTo(249);
    assertThat(Float8.encode(-17 / 16f, -1, 1)).isEqualTo(0x80 + 121);
  }

  @Test
  void theErrorIsAtMostASeventeenthWithinTheRange() {
    // worst in the middle between 1 and 9/8 of a power of two: (1/16) / (17/16)
    Random random = new Random(2);
    for (DoubleUnaryOperator sign : new DoubleUnaryOperator[] {x -> x, x -> -x}) {
      float[] values =
          floats(256, _ -> sign.applyAsDouble(0.3 * Math.exp(-10 * random.nextDouble())));
      double[] stored = block(values).toDoubles();
      for (int i = 0; i < 256; i++) {
        assertThat(stored[i]).isCloseTo(values[i], within(Math.abs(values[i]) / 17 * 1.00001));
      }
    }
  }

  @Test
  void nothingBecomesZeroInABlockWithoutASign() {
    double[] stored = block(1.875f, 1e-9f, 1e-20f, 1e-43f, Float.MIN_VALUE, 0).toDoubles();
    // 1e-9 is 2^-29.9 of a scale of 1: in range; the others get the smallest code there is
    assertThat(stored[1]).isCloseTo(1e-9, within(1e-9 / 17));
    assertThat(stored[2]).isEqualTo(UNSIGNED_LEAST);
    assertThat(stored[3]).isEqualTo(UNSIGNED_LEAST);
    assertThat(stored[4]).isBetween(Double.MIN_VALUE, UNSIGNED_LEAST);
    assertThat(stored[5]).isZero();
  }

  @Test
  void withASignWhatIsBelowTheSmallestCodesRangeBecomesZero() {
    // half a step of the codes that would come next, 15/16: (1 − 1/32) · 2⁻¹⁴
    float edge = (float) (0.96875 * SIGNED_LEAST);
    double[] stored = block(-1.875f, edge, Math.nextDown(edge), -edge, 1e-9f, -1e-9f).toDoubles();
    assertThat(stored).containsExactly(-1.875, SIGNED_LEAST, 0, -SIGNED_LEAST, 0, -0.0);
  }

  @Test
  void aNumberThatIsNoneMakesItsBlockNoneAndNoOther() {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      float[] values = new float[3 * 256];
      Arrays.fill(values, 1);
      values[300] = bad;
      double[] stored = block(values).toDoubles();
      for (int i = 0; i < values.length; i++) {
        assertThat(Double.isNaN(stored[i])).as("element %d", i).isEqualTo(i / 256 == 1);
      }
    }
  }

  @Test
  void aBlockOfNothingOrOfSubnormalsIsZero() {
    assertThat(block(0, 0).toDoubles()).containsExactly(0, 0);
    Buffer tiny = block(Math.nextDown(Float.MIN_NORMAL), -Float.MIN_VALUE);
    assertThat(scale(tiny, 0)).isZero();
    assertThat(codes(tiny)).containsExactly(0, 0);
    assertThat(tiny.toDoubles()).containsExactly(0, 0);
    assertThat(block(Float.MIN_NORMAL).get(0))
        .isCloseTo(Float.MIN_NORMAL, within(Float.MIN_NORMAL * 1e-6));
  }

  @Test
  void theLargestOfEachBlockIsRightToTheLastPlaceButOne() {
    Random random = new Random(3);
    float[] values =
        floats(1000, i -> random.nextGaussian() * Math.exp(i / Float8.BLOCK * 10.0 - 20));
    double[] stored = block(values).toDoubles();
    for (int from = 0; from < 1000; from += 256) {
      int at = from;
      for (int i = from; i < Math.min(1000, from + 256); i++) {
        at = Math.abs(values[i]) > Math.abs(values[at]) ? i : at;
      }
      assertThat(stored[at]).isCloseTo(values[at], within((double) Math.ulp(values[at])));
    }
  }

  @Test
  void elementsOfAQuarterOf64LieInOneByteOf16Words() {
    // byte b of word w is element 16 b + w
    assertThat(Float8.place(0)).isZero();
    assertThat(Float8.place(1)).isEqualTo(4);
    assertThat(Float8.place(15)).isEqualTo(60);
    assertThat(Float8.place(16)).isEqualTo(1);
    assertThat(Float8.place(32 + 5)).isEqualTo(22);
    assertThat(Float8.place(63)).isEqualTo(63);
    assertThat(Float8.place(64 + 17)).isEqualTo(64 + 5);
    assertThat(LongStream.range(256, 512).map(Float8::place).sorted().toArray())
        .containsExactly(LongStream.range(256, 512).toArray());
  }

  @Test
  void whatRestsDoesNotDriftHoweverOftenItIsStored() {
    // times the rounded 1/1.875, half of all scales would lose a last place each time
    for (int mantissa = 0; mantissa < 1 << 23; mantissa += 31) {
      float largest = Float.intBitsToFloat(127 << 23 | mantissa);
      float scale = Float8.scale(largest, false);
      float stored = Float8.decode(255, scale);
      assertThat(Float8.scale(stored, false) == scale).as("%s", largest).isTrue();
    }
  }

  @Test
  void codesAndScalesAloneBringEverythingBack() {
    Random random = new Random(4);
    float[] values = floats(700, _ -> random.nextGaussian());
    Buffer written = block(values);
    byte[] codes = new byte[700];
    written.readCodes(0, codes, 700);
    Buffer read = Buffer.allocate(700, NumberType.FLOAT8);
    read.writeCodes(0, codes, 700);
    for (int block = 0; block < 3; block++) {
      Buffer scales = read.scales();
      assertThat(scales).isNotNull();
      if (scales != null) {
        scales.set(block, scale(written, block));
      }
    }
    assertThat(read.toDoubles()).isEqualTo(written.toDoubles());
  }
}
