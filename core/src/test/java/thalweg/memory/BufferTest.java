package thalweg.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Numbers of all types through one door. */
class BufferTest {
  private static float[] random(int length, long seed) {
    Random random = new Random(seed);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static double[] widened(float... values) {
    double[] wide = new double[values.length];
    Arrays.setAll(wide, i -> values[i]);
    return wide;
  }

  @ParameterizedTest
  @EnumSource(NumberType.class)
  void whatIsStoredOnceIsStoredForGood(NumberType type) {
    Buffer buffer = Buffer.allocate(700, type);
    assertThat(buffer.toDoubles()).containsOnly(0);
    buffer.write(0, random(700, 1), 700);
    double[] once = buffer.toDoubles();
    Buffer again = Buffer.allocate(700, type);
    again.setAll(once);
    assertThat(again.toDoubles()).isEqualTo(once);
    float[] read = new float[700];
    buffer.read(0, read, 700);
    assertThat(widened(read)).isEqualTo(once);
    assertThat(buffer.copy().toDoubles()).isEqualTo(once);
  }

  @ParameterizedTest
  @EnumSource(NumberType.class)
  void everyTypeIsCopiedToEveryOtherByOneRounding(NumberType from) {
    Buffer source = Buffer.allocate(3000, from);
    source.write(0, random(3000, 2), 3000);
    for (NumberType to : NumberType.values()) {
      Buffer copied = Buffer.allocate(3000, to);
      copied.copyFrom(source);
      Buffer expected = Buffer.allocate(3000, to);
      expected.setAll(source.toDoubles());
      assertThat(copied.toDoubles()).as("%s to %s", from, to).isEqualTo(expected.toDoubles());
    }
  }

  @ParameterizedTest
  @EnumSource(NumberType.class)
  void everyElementCanBeFilled(NumberType type) {
    Buffer buffer = Buffer.allocate(300, type);
    buffer.fill(0.5);
    assertThat(buffer.toDoubles()).containsOnly(0.5);
    buffer.fill(0);
    assertThat(buffer.toDoubles()).containsOnly(0);
  }

  @ParameterizedTest
  @EnumSource(NumberType.class)
  void aSliceIsAViewOfTheSameMemory(NumberType type) {
    Buffer buffer = Buffer.allocate(1000, type);
    buffer.write(0, random(1000, 3), 1000);
    Buffer slice = buffer.slice(512, 488);
    assertThat(slice.first()).isEqualTo(512);
    assertThat(slice.toDoubles()).isEqualTo(Arrays.copyOfRange(buffer.toDoubles(), 512, 1000));
    slice.write(0, random(488, 4), 488);
    assertThat(slice.toDoubles()).isEqualTo(Arrays.copyOfRange(buffer.toDoubles(), 512, 1000));
    assertThat(slice.slice(256, 100).first()).isEqualTo(768);
  }

  @Test
  void halvesHaveElevenBits() {
    // binary16: 1 + 1/1024 is the next after 1; 65504 is the largest; 2⁻²⁴ the smallest
    Buffer buffer = Buffer.allocate(6, NumberType.FLOAT16);
    buffer.setAll(new double[] {1 + 1 / 1024.0, 1 + 1 / 2048.0, 65504, 65520, 6e-8, 2e-8});
    assertThat(buffer.toDoubles())
        .containsExactly(1 + 1 / 1024.0, 1, 65504, Double.POSITIVE_INFINITY, Math.pow(2, -24), 0);
  }

  @Test
  void aMasterShowsItsNumbersRounded() {
    for (NumberType type : new NumberType[] {NumberType.BFLOAT16, NumberType.FLOAT16}) {
      Buffer shown = Buffer.allocate(500, type);
      Buffer master = Buffer.allocate(500, NumberType.FLOAT32).mirroredBy(shown);
      Buffer expected = Buffer.allocate(500, type);
      float[] values = random(500, 5);
      master.write(0, values, 500);
      expected.write(0, values, 500);
      assertThat(master.toDoubles()).isEqualTo(widened(values));
      assertThat(shown.toDoubles()).isEqualTo(expected.toDoubles());
      master.set(7, 1.0009765);
      assertThat(shown.get(7)).isEqualTo(type == NumberType.FLOAT16 ? 1 + 1 / 1024.0 : 1);
      master.slice(100, 50).fill(1 / 3.0);
      expected.slice(100, 50).fill((float) (1 / 3.0));
      assertThat(shown.slice(100, 50).toDoubles()).isEqualTo(expected.slice(100, 50).toDoubles());
      master.copyFrom(Buffer.of(random(500, 6)));
      expected.write(0, random(500, 6), 500);
      assertThat(shown.toDoubles()).isEqualTo(expected.toDoubles());
      master.fill(0);
      assertThat(shown.toDoubles()).containsOnly(0);
      assertThat(master.isPlain()).isFalse();
    }
  }

  @Test
  void onlyPlainFloatsReachAKernelAsTheyAre() {
    assertThat(Buffer.allocate(1, NumberType.FLOAT32).isPlain()).isTrue();
    assertThat(Buffer.allocate(1, NumberType.BFLOAT16).isPlain()).isFalse();
    assertThat(Buffer.allocate(1, NumberType.FLOAT8).isPlain()).isFalse();
    assertThat(Buffer.of(new float[1]).isPlain()).isFalse();
  }

  @Test
  void blocksAreNotCut() {
    Buffer buffer = Buffer.allocate(1000, NumberType.FLOAT8);
    assertThatThrownBy(() -> buffer.slice(100, 10))
        .hasMessage("FLOAT8 is cut at multiples of 256, got 100");
    assertThatThrownBy(() -> buffer.set(3, 1)).hasMessage("elements of FLOAT8 are set all at once");
  }

  @Test
  void whatDoesNotFitIsRefused() {
    Buffer four = Buffer.allocate(4, NumberType.FLOAT32);
    assertThatThrownBy(() -> four.mirroredBy(Buffer.allocate(3, NumberType.BFLOAT16)))
        .hasMessage("3 x BFLOAT16 at a fixed address cannot mirror 4 x FLOAT32 at a fixed address");
    assertThatThrownBy(() -> four.copyFrom(Buffer.allocate(3, NumberType.BFLOAT16)))
        .hasMessage("cannot copy 3 BFLOAT16 elements into a buffer of 4 FLOAT32 elements");
    assertThatThrownBy(() -> four.setAll(new double[3]))
        .hasMessage("3 values cannot be those of 4 x FLOAT32 at a fixed address");
    assertThatThrownBy(() -> Buffer.at(4096, 4, NumberType.FLOAT8, this))
        .hasMessage("FLOAT8 is a type of states, which are allocated here");
    assertThatThrownBy(() -> Buffer.copy(four, 0, Buffer.allocate(4, NumberType.BFLOAT16), 0, 4))
        .hasMessage("cannot copy FLOAT32 to BFLOAT16");
  }
}
