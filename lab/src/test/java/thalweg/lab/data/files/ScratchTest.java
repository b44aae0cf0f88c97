package thalweg.lab.data.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import thalweg.lab.BadInput;

class ScratchTest {
  @Test
  void littleIsOnTheHeapAndMuchInAFile() {
    assertThat(Scratch.of(1 << 20).isMapped()).isFalse();
    MemorySegment much = Scratch.of(64L << 20);
    assertThat(much.isMapped()).isTrue();
    much.set(ValueLayout.JAVA_LONG, (64L << 20) - 8, 42);
    assertThat(much.get(ValueLayout.JAVA_LONG, (64L << 20) - 8)).isEqualTo(42);
    assertThat(much.get(ValueLayout.JAVA_LONG, 0)).isZero();
  }

  @Test
  void aFullDiskIsSaidBeforeItIsWrittenTo() {
    assertThatThrownBy(() -> Scratch.of(Long.MAX_VALUE / 2))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("the data need a temporary file of")
        .hasMessageContaining("use fewer rows");
  }
}
