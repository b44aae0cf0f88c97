package thalweg.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Sign, 8 bits of exponent, 7 bits after the point: one step is 2⁻⁷ of the power of two below. */
class BFloat16Test {
  @Test
  void isTheUpperHalfOfAFloat() {
    // 1 = 0x3F800000; the next one up is 1 + 1/128
    assertThat(BFloat16.nearest(1)).isEqualTo((short) 0x3F80);
    assertThat(BFloat16.toFloat((short) 0x3F81)).isEqualTo(1 + 1 / 128f);
    assertThat(BFloat16.toFloat((short) 0xC000)).isEqualTo(-2);
    // the largest: (2 − 1/128) · 2¹²⁷; the smallest: 2⁻¹²⁶ · 2⁻⁷
    assertThat(BFloat16.toFloat((short) 0x7F7F))
        .isEqualTo((2 - 1 / 128f) * (float) Math.pow(2, 127));
    assertThat(BFloat16.toFloat((short) 1)).isEqualTo((float) Math.pow(2, -133));
  }

  @Test
  void everyCodeGoesThereAndBack() {
    for (int code = 0; code < 0x10000; code++) {
      float value = BFloat16.toFloat((short) code);
      if (Float.isNaN(value)) {
        assertThat(BFloat16.toFloat(BFloat16.nearest(value))).isNaN();
        assertThat(BFloat16.toFloat(BFloat16.stochastic(value, code))).isNaN();
      } else {
        assertThat(BFloat16.nearest(value)).isEqualTo((short) code);
        assertThat(BFloat16.stochastic(value, 0xFFFF)).isEqualTo((short) code);
      }
    }
  }

  @Test
  void aTieGoesToTheEvenOne() {
    // between 1 = 0x3F80 and 0x3F81 lies 1 + 1/256; between 0x3F81 and 0x3F82 lies 1 + 3/256
    assertThat(BFloat16.nearest(1 + 1 / 256f)).isEqualTo((short) 0x3F80);
    assertThat(BFloat16.nearest(1 + 3 / 256f)).isEqualTo((short) 0x3F82);
    assertThat(BFloat16.nearest(Math.nextUp(1 + 1 / 256f))).isEqualTo((short) 0x3F81);
    assertThat(BFloat16.nearest(Math.nextDown(1 + 3 / 256f))).isEqualTo((short) 0x3F81);
    assertThat(BFloat16.nearest(-1 - 1 / 256f)).isEqualTo((short) 0xBF80);
  }

  @Test
  void nearestIsNearestBetweenAllNeighbours() {
    Random random = new Random(1);
    for (int code = 0; code < 0x7F7F; code++) {
      float below = BFloat16.toFloat((short) code);
      float above = BFloat16.toFloat((short) (code + 1));
      float middle = Float.intBitsToFloat((code << 16) + 0x8000);
      assertThat(middle - (double) below).isEqualTo(above - (double) middle);
      assertThat(BFloat16.nearest(middle)).isEqualTo((short) (code + (code & 1)));
      assertThat(BFloat16.nearest(Math.nextDown(middle))).isEqualTo((short) code);
      assertThat(BFloat16.nearest(Math.nextUp(middle))).isEqualTo((short) (code + 1));
      float between = Float.intBitsToFloat((code << 16) + random.nextInt(0x10000));
      float nearest = BFloat16.toFloat(BFloat16.nearest(between));
      assertThat(Math.abs(nearest - (double) between))
          .isEqualTo(Math.min(between - (double) below, above - (double) between));
      assertThat(BFloat16.nearest(-between))
          .isEqualTo((short) (BFloat16.nearest(between) | 0x8000));
    }
  }

  @Test
  void whatIsTooLargeBecomesInfinite() {
    assertThat(BFloat16.nearest(Float.MAX_VALUE)).isEqualTo((short) 0x7F80);
    assertThat(BFloat16.nearest(-Float.MAX_VALUE)).isEqualTo((short) 0xFF80);
    assertThat(BFloat16.nearest(Float.POSITIVE_INFINITY)).isEqualTo((short) 0x7F80);
    assertThat(BFloat16.stochastic(Float.NEGATIVE_INFINITY, 0xFFFF)).isEqualTo((short) 0xFF80);
  }

  @Test
  void notANumberStaysNotANumberWhateverItsBits() {
    // its payload in the lower half alone would be lost, 0x7F800001 become ∞; all ones, −0
    for (int bits : new int[] {0x7F800001, 0x7FFFFFFF, 0xFF800001, 0xFFFFFFFF, 0x7FC00000}) {
      float nan = Float.intBitsToFloat(bits);
      assertThat(BFloat16.toFloat(BFloat16.nearest(nan))).isNaN();
      assertThat(BFloat16.toFloat(BFloat16.stochastic(nan, 0xFFFF))).isNaN();
    }
  }

  @Test
  void byChanceItGoesUpAsOftenAsItIsNear() {
    // 1 + 1/512 is a quarter of the way from 1 to 1 + 1/128: up for a quarter of all dice
    int up = 0;
    for (int dice = 0; dice < 0x10000; dice++) {
      short code = BFloat16.stochastic(1 + 1 / 512f, dice | 0x70000);
      assertThat(code).isBetween((short) 0x3F80, (short) 0x3F81);
      up += code - 0x3F80;
    }
    assertThat(up).isEqualTo(0x4000);
  }

  @Test
  void overAllDiceTheMeanIsTheNumberItself() {
    Random random = new Random(2);
    for (int i = 0; i < 20; i++) {
      float value = (float) (random.nextGaussian() * Math.exp(5 * random.nextGaussian()));
      double sum = 0;
      for (int dice = 0; dice < 0x10000; dice++) {
        sum += BFloat16.toFloat(BFloat16.stochastic(value, dice));
      }
      assertThat(sum / 0x10000).isEqualTo(value); // every sum here is exact in binary64
    }
  }
}
