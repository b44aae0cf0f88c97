package thalweg.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bytes that numbers take. */
class NumberTypeTest {
  @ParameterizedTest
  @CsvSource({
    "FLOAT32, 1000, 4000",
    "FLOAT64, 1000, 8000",
    "BFLOAT16, 1000, 2000",
    "FLOAT16, 1000, 2000",
    // blocks of 256 codes and a scale of 4 bytes: 260 bytes each
    "FLOAT8, 0, 0",
    "FLOAT8, 1, 260",
    "FLOAT8, 256, 260",
    "FLOAT8, 257, 520",
    "FLOAT8, 1000, 1040",
    "FLOAT8, 16777216, 17039360",
  })
  void bytesAreThoseOfElementsAndScales(NumberType type, long elements, long bytes) {
    assertThat(type.bytesFor(elements)).isEqualTo(bytes);
    if (elements < 10_000) {
      assertThat(Buffer.allocate(elements, type).bytes()).isEqualTo(bytes);
    }
  }

  @Test
  void tooManyElementsAreNotCountedWrong() {
    assertThatThrownBy(() -> NumberType.FLOAT64.bytesFor(Long.MAX_VALUE))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> NumberType.FLOAT8.bytesFor(Long.MAX_VALUE))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void typesOfAtMostTwoBytesAreLow() {
    assertThat(NumberType.BFLOAT16.isLow()).isTrue();
    assertThat(NumberType.FLOAT16.isLow()).isTrue();
    assertThat(NumberType.FLOAT8.isLow()).isTrue();
    assertThat(NumberType.FLOAT32.isLow()).isFalse();
    assertThat(NumberType.FLOAT64.isLow()).isFalse();
  }
}
