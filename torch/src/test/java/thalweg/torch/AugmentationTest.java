package thalweg.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AugmentationTest {
  private static final Form.Image FORM = new Form.Image(2, 4, 4);
  private static final float[] BLACK = {-1, -2};

  /** Channel 0 holds 0 to 15, channel 1 100 to 115. */
  private static Features pictures() {
    float[] values = new float[3 * 32];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 16 + 100 * (i / 16 % 2);
    }
    return Features.of(32, values);
  }

  private static float[] picture(String how, int row, int epoch) {
    Features features = Augmentation.parse(how).of(pictures(), FORM, BLACK, 5);
    MemorySegment into = MemorySegment.ofArray(new byte[32 * Float.BYTES]);
    features.read(row, epoch, into, 0);
    float[] picture = new float[32];
    MemorySegment.copy(into, ValueLayout.JAVA_FLOAT_UNALIGNED, 0, picture, 0, 32);
    return picture;
  }

  @ParameterizedTest
  @ValueSource(strings = {"shift:2", "flip", "rotate:30", "cutout:2", "shift:1,flip,rotate:9"})
  void anEpochsPictureIsAlwaysTheSameAndEpochZerosIsTheOriginal(String how) {
    Set<Float> seen = new HashSet<>();
    for (int epoch = 1; epoch < 20; epoch++) {
      float[] once = picture(how, 1, epoch);
      assertThat(picture(how, 1, epoch)).isEqualTo(once);
      seen.add(once[5] + 1000 * once[10]);
    }
    assertThat(seen).hasSizeGreaterThan(1);
    assertThat(picture(how, 1, 0)).isEqualTo(pictures().select(new int[] {1}).toArray());
  }

  @Test
  void aShiftMovesEveryPixelAlikeAndFillsWithBlack() {
    for (int epoch = 1; epoch < 50; epoch++) {
      float[] moved = picture("shift:2", 0, epoch);
      int dy = Integer.MIN_VALUE;
      int dx = 0;
      for (int i = 0; i < 16; i++) {
        if (moved[i] < 0) {
          assertThat(moved[i]).isEqualTo(-1);
          assertThat(moved[16 + i]).isEqualTo(-2);
          continue;
        }
        assertThat(moved[16 + i]).isEqualTo(moved[i] + 100);
        int fromY = (int) moved[i] / 4;
        int fromX = (int) moved[i] % 4;
        if (dy == Integer.MIN_VALUE) {
          dy = i / 4 - fromY;
          dx = i % 4 - fromX;
        }
        assertThat(i / 4 - fromY).isEqualTo(dy);
        assertThat(i % 4 - fromX).isEqualTo(dx);
      }
      assertThat(Math.abs(dy)).isLessThanOrEqualTo(2);
      assertThat(Math.abs(dx)).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void aFlipMirrorsLeftAndRightHalfOfTheTime() {
    int flipped = 0;
    for (int epoch = 1; epoch <= 1000; epoch++) {
      float[] picture = picture("flip", 0, epoch);
      if (picture[0] == 3) {
        assertThat(picture).startsWith(3, 2, 1, 0, 7, 6, 5, 4);
        flipped++;
      } else {
        assertThat(picture).startsWith(0, 1, 2, 3);
      }
    }
    assertThat(flipped).isBetween(430, 570);
  }

  @Test
  void cutoutBlanksASquareInEveryChannel() {
    for (int epoch = 1; epoch < 50; epoch++) {
      float[] picture = picture("cutout:2", 2, epoch);
      int blank = 0;
      for (float x : picture) {
        blank += x < 0 ? 1 : 0;
      }
      assertThat(blank).isEqualTo(8);
    }
  }

  @Test
  void aSelectedRowKeepsItsOwnPicture() {
    Features features = Augmentation.parse("shift:2").of(pictures(), FORM, BLACK, 5);
    MemorySegment into = MemorySegment.ofArray(new byte[32 * Float.BYTES]);
    features.select(new int[] {2}).read(0, 3, into, 0);
    float[] picture = new float[32];
    MemorySegment.copy(into, ValueLayout.JAVA_FLOAT_UNALIGNED, 0, picture, 0, 32);
    assertThat(picture).isEqualTo(picture("shift:2", 2, 3));
  }

  @Test
  void theTextFormIsReadBackAndWhatIsNoneIsRefused() {
    for (String text : new String[] {"none", "flip", "shift:1,flip,rotate:10.0,cutout:3"}) {
      assertThat(Augmentation.parse(text).text()).isEqualTo(text);
    }
    assertThatThrownBy(() -> Augmentation.parse("zoom:2"))
        .hasMessage("augmentation must be such as shift:1,flip,rotate:10,cutout:3, got 'zoom:2'");
    assertThatThrownBy(() -> Augmentation.parse("shift:-1"))
        .hasMessage("Augmentation.shift and cutout must be >= 0, got -1 and 0");
    assertThatThrownBy(() -> Augmentation.parse("shift:4").of(pictures(), FORM, BLACK, 5))
        .hasMessage("augmentation shift:4 leaves nothing of pictures of 4x4; use smaller numbers");
  }
}
