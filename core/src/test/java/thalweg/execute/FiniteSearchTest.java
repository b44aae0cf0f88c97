package thalweg.execute;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import thalweg.memory.Buffer;
import thalweg.memory.NumberType;

/** One element that is not finite is found wherever it stands, and nothing else is. */
class FiniteSearchTest {
  private static final double[] BAD = {
    Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
  };

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64", "BFLOAT16", "FLOAT16"})
  void itIsFoundAtEveryPlaceOfEveryType(NumberType type) {
    FiniteSearch search = new FiniteSearch(new Workers(1));
    for (int length : new int[] {1, 2, 3, 16, 1023, 1024, 1025, 2050}) {
      Buffer buffer = Buffer.allocate(length, type);
      buffer.fill(type == NumberType.FLOAT16 ? -65504 : -3e38);
      search.clear();
      search.add(buffer, length);
      assertThat(search.isFinite()).isTrue();
      for (int at = 0; at < length; at += Math.max(1, length / 50)) {
        for (double bad : BAD) {
          double good = buffer.get(at);
          buffer.set(at, bad);
          assertThat(search.isFinite()).as("%s at %d of %d", bad, at, length).isFalse();
          buffer.set(at, good);
        }
      }
      buffer.set(length - 1, BAD[0]);
      assertThat(search.isFinite()).isFalse();
      assertThat(buffer.get(length - 1)).isNaN();
    }
  }

  @Test
  void itIsFoundInTheLastOfManyAndByAllThreads() {
    for (int threads : new int[] {1, 3}) {
      FiniteSearch search = new FiniteSearch(new Workers(threads));
      Buffer large = Buffer.allocate(1_000_003, NumberType.FLOAT32);
      Buffer nothing = Buffer.of(new float[0]);
      Buffer array = Buffer.of(new float[300_000]);
      Buffer half = Buffer.allocate(77, NumberType.BFLOAT16);
      for (int round = 0; round < 2; round++) {
        search.clear();
        search.add(nothing, 0);
        search.add(large, large.length());
        search.add(nothing, 0);
        search.add(array, array.length());
        search.add(half, half.length());
        search.add(nothing, 0);
        assertThat(search.isFinite()).isTrue();
        for (Buffer buffer : new Buffer[] {large, array, half}) {
          for (long at : new long[] {0, buffer.length() / 2, buffer.length() - 1}) {
            buffer.set(at, Double.NaN);
            assertThat(search.isFinite()).isFalse();
            buffer.set(at, 0);
            assertThat(search.isFinite()).isTrue();
          }
        }
      }
    }
  }

  @Test
  void onlyWhatWasAddedIsLookedAt() {
    FiniteSearch search = new FiniteSearch(new Workers(1));
    assertThat(search.isFinite()).isTrue();
    Buffer buffer = Buffer.of(new float[] {1, 2, Float.NaN});
    search.add(buffer, 2);
    assertThat(search.isFinite()).isTrue();
    search.add(buffer, 3);
    assertThat(search.isFinite()).isFalse();
    search.clear();
    assertThat(search.isFinite()).isTrue();
  }
}
