package thalweg.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The dice are a function of seed, name, t and element, and of nothing else. */
class RoundingTest {
  private static final int LENGTH = 4096;

  private static Rounding dice(long seed, String name, long t) {
    Rounding rounding = new Rounding(seed, name);
    rounding.at(t);
    return rounding;
  }

  /** A third of the way from 1 to the next one up, at every element. */
  private static double[] thrown(long seed, String name, long t) {
    Buffer buffer = Buffer.allocate(LENGTH, NumberType.BFLOAT16).rounding(dice(seed, name, t));
    buffer.fill(1 + 1 / 384f);
    return buffer.toDoubles();
  }

  @Test
  void equalSeedsNamesAndTimesGiveEqualNumbers() {
    assertThat(thrown(1, "w", 5)).isEqualTo(thrown(1, "w", 5));
    Rounding again = dice(1, "w", 9);
    again.at(5);
    assertThat(again.key()).isEqualTo(dice(1, "w", 5).key());
  }

  @Test
  void anotherSeedNameOrTimeGivesOthers() {
    // a third is up: two independent throws agree at 1/9 + 4/9 of all elements
    double[] some = thrown(1, "w", 5);
    double spread = 5 * Math.sqrt(LENGTH * 5 / 9.0 * 4 / 9.0);
    for (double[] other :
        new double[][] {
          thrown(2, "w", 5),
          thrown(1, "v", 5),
          thrown(1, "ww", 5),
          thrown(1, "w", 6),
          thrown(1, "w", 5 + (1L << 32)),
          thrown(1 + (1L << 40), "w", 5),
        }) {
      int equal = 0;
      for (int i = 0; i < LENGTH; i++) {
        equal += some[i] == other[i] ? 1 : 0;
      }
      assertThat((double) equal).isCloseTo(LENGTH * 5 / 9.0, within(spread));
    }
  }

  @Test
  void namesThatOnlyDifferInOrderHaveTheirOwnDice() {
    Set<Integer> keys = new HashSet<>();
    for (String name :
        new String[] {"ab", "ba", "a", "b", "", "adam/exp_avg/w", "adam/exp_avg_sq/w"}) {
      keys.add(dice(0, name, 1).key());
    }
    assertThat(keys).hasSize(7);
  }

  @Test
  void theMeanIsRightOverElementsAndOverTime() {
    double value = (float) (1 + 1 / 384.0);
    double p = (value - 1) * 128; // of going up, by 1/128
    double spread = 5 * Math.sqrt(p * (1 - p)) / 128;
    double[] perElement = new double[LENGTH];
    int times = 1000;
    for (int t = 1; t <= times; t++) {
      double[] now = thrown(3, "w", t);
      double sum = 0;
      for (int i = 0; i < LENGTH; i++) {
        sum += now[i];
        perElement[i] += now[i];
      }
      assertThat(sum / LENGTH).isCloseTo(value, within(spread / Math.sqrt(LENGTH)));
    }
    for (double sum : perElement) {
      assertThat(sum / times).isCloseTo(value, within(spread / Math.sqrt(times)));
    }
  }

  @Test
  void neighboursAndSuccessiveTimesAreIndependent() {
    // the product of two independent throws is up · up in p² of all cases
    double p = 1 / 3.0;
    int both = 0;
    int twice = 0;
    int times = 200;
    double[] before = thrown(4, "w", 0);
    for (int t = 1; t <= times; t++) {
      double[] now = thrown(4, "w", t);
      for (int i = 1; i < LENGTH; i++) {
        both += now[i] > 1 && now[i - 1] > 1 ? 1 : 0;
        twice += now[i] > 1 && before[i] > 1 ? 1 : 0;
      }
      before = now;
    }
    double cases = times * (LENGTH - 1.0);
    double spread = 5 * Math.sqrt(p * p * (1 - p * p) / cases) * 1.5; // pairs overlap
    assertThat(both / cases).isCloseTo(p * p, within(spread));
    assertThat(twice / cases).isCloseTo(p * p, within(spread));
  }

  @Test
  void aSliceIsRoundedLikeTheWhole() {
    Buffer whole = Buffer.allocate(LENGTH, NumberType.BFLOAT16).rounding(dice(5, "w", 7));
    Buffer parts = Buffer.allocate(LENGTH, NumberType.BFLOAT16).rounding(dice(5, "w", 7));
    float[] values = new float[LENGTH];
    Arrays.fill(values, 1 + 1 / 384f);
    whole.write(0, values, LENGTH);
    for (int from = 0; from < LENGTH; from += 100) {
      int count = Math.min(100, LENGTH - from);
      Buffer part = parts.slice(from, count);
      part.slice(0, count / 2).write(0, values, count / 2);
      part.slice(count / 2, count - count / 2).write(0, values, count - count / 2);
    }
    assertThat(parts.toDoubles()).isEqualTo(whole.toDoubles());
  }

  @Test
  void elementsBeyondFourBillionHaveTheirOwnDice() {
    int key = dice(6, "w", 1).key();
    assertThat(Rounding.keyOf(key, 12)).isEqualTo(key);
    assertThat(Rounding.bits(Rounding.keyOf(key, 12L + (1L << 32)), 12))
        .isNotEqualTo(Rounding.bits(key, 12));
  }
}
