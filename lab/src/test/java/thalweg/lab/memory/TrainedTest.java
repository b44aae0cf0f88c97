package thalweg.lab.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import thalweg.lab.BadInput;

class TrainedTest {
  @ParameterizedTest
  @CsvSource({
    "7, 7",
    "7e9, 7000000000",
    "1.5E3, 1500",
    "16M, 16000000",
    "1.5B, 1500000000",
    "1.5b, 1500000000",
    "64k, 64000",
    "2T, 2000000000000",
    "1_000_000, 1000000",
    "9223372036854775807, 9223372036854775807",
  })
  void aCountIsOneVector(String text, long count) {
    Trained trained = Trained.parse(text);
    assertThat(trained.shapes()).containsExactly(List.of(count));
    assertThat(trained.shaped()).isFalse();
  }

  @Test
  void aListIsOfShapes() {
    Trained trained = Trained.parse("4096x4096, 4096,3x5x7");
    assertThat(trained.shapes())
        .containsExactly(List.of(4096L, 4096L), List.of(4096L), List.of(3L, 5L, 7L));
    assertThat(trained.shaped()).isTrue();
    assertThat(trained.parameters()).isEqualTo(4096 * 4096 + 4096 + 105);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        ",",
        "0",
        "-3",
        "1.5",
        "0M",
        "1e400",
        "1e-3",
        "nan",
        "7q",
        "4096x",
        "x4096",
        "3x0",
        "3,0",
        "3,,4",
        "1.5x2",
        "-3x4",
        "9223372036854775808",
        "4294967296x4294967296",
        "9223372036854775807,1",
        "99999999999999999999x2"
      })
  void whatIsNoCountIsRefused(String text) {
    assertThatThrownBy(() -> Trained.parse(text)).isInstanceOf(BadInput.class);
  }
}
