package thalweg.kernels.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import thalweg.execute.Workspace;
import thalweg.memory.Buffer;
import thalweg.memory.Float8;
import thalweg.memory.NumberType;
import thalweg.memory.Rounding;

/** The vector forms of all conversions against those of {@link Buffer}, bit for bit. */
class StageTest {
  private static final int LENGTH = 5000;

  static Stream<Arguments> stages() {
    return Stream.of(NumberType.BFLOAT16, NumberType.FLOAT16, NumberType.FLOAT8)
        .flatMap(type ->
            Stream.of(false, true)
                .flatMap(dice ->
                    Stream.of("normal", "positive", "anything", "tiny")
                        .map(kind -> Arguments.of(type, dice, kind))));
  }

  @ParameterizedTest
  @MethodSource("stages")
  void putsAndFetchesWhatABufferWritesAndReads(NumberType type, boolean dice, String kind) {
    Random random = new Random(7);
    Rounding rounding = new Rounding(3, "adam/exp_avg/w");
    rounding.at(12);
    Buffer expected = Buffer.allocate(LENGTH, type);
    Buffer actual = Buffer.allocate(LENGTH, type);
    if (dice) {
      expected = expected.rounding(rounding);
      actual = actual.rounding(rounding);
    }
    Workspace workspace = new Workspace();
    MemorySegment scratch = Buffer.allocate(2048, NumberType.FLOAT32).segment();
    Buffer staged = Buffer.at(scratch.address() + 256, 1024, NumberType.FLOAT32, scratch);
    Stage stage = Stage.of(actual);
    for (int from : List.of(0, 1024, 2048, 3072, 4096)) {
      int count = Math.min(1024, LENGTH - from);
      float[] values = new float[count];
      for (int i = 0; i < count; i++) {
        values[i] =
            switch (kind) {
              case "normal" -> (float) random.nextGaussian();
              case "positive" -> (float) Math.exp(20 * random.nextGaussian());
              case "tiny" -> Float.intBitsToFloat(random.nextInt(1 << 24));
              default -> Float.intBitsToFloat(random.nextInt());
            };
      }
      expected.write(from, values, count);
      staged.write(0, values, count);
      stage.put(from, count, scratch, 256, workspace);
      assertThat(bits(actual)).isEqualTo(bits(expected));
      float[] back = new float[count];
      expected.read(from, back, count);
      staged.fill(5);
      stage.fetch(from, count, scratch, 256, workspace);
      for (int i = 0; i < count; i++) {
        assertThat(Float.floatToRawIntBits((float) staged.get(i)))
            .as("%s element %d of %s", type, i, values[i])
            .isEqualTo(Float.floatToRawIntBits(back[i]));
      }
    }
  }

  @Test
  void aMasterIsShownRounded() {
    Buffer shown = Buffer.allocate(1000, NumberType.BFLOAT16);
    Buffer master = Buffer.allocate(1000, NumberType.FLOAT32).mirroredBy(shown);
    Buffer scratch = Buffer.allocate(1024, NumberType.FLOAT32);
    for (int i = 0; i < 1000; i++) {
      scratch.set(i, 1 + i / 1000f);
    }
    Stage.of(master).put(0, 1000, scratch.segment(), 0, new Workspace());
    assertThat(master.get(1)).isEqualTo(1.001f);
    assertThat(shown.get(1)).isEqualTo(1.0);
    assertThat(shown.get(500)).isEqualTo(1.5);
  }

  private static byte[] bits(Buffer buffer) {
    byte[] bytes = buffer.segment().toArray(java.lang.foreign.ValueLayout.JAVA_BYTE);
    Buffer scales = buffer.scales();
    if (scales == null) {
      return bytes;
    }
    assertThat(bytes).hasSize((int) Float8.blocks(buffer.length()) * Float8.BLOCK);
    byte[] more = scales.segment().toArray(java.lang.foreign.ValueLayout.JAVA_BYTE);
    byte[] all = java.util.Arrays.copyOf(bytes, bytes.length + more.length);
    System.arraycopy(more, 0, all, bytes.length, more.length);
    return all;
  }
}
