package thalweg.lab.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class AxisTest {
  private static List<String> texts(Axis axis, int most) {
    return axis.ticks(most).stream().map(Axis.Tick::text).toList();
  }

  @Test
  void ticksAreRound() {
    assertThat(texts(Axis.linear("x", -1.5, 3), 6)).containsExactly("−1", "0", "1", "2", "3");
    assertThat(texts(Axis.linear("x", -5.12, 5.12), 6)).containsExactly("−4", "−2", "0", "2", "4");
    assertThat(texts(Axis.linear("x", 0, 0.01), 5))
        .containsExactly("0", "0.002", "0.004", "0.006", "0.008", "0.01");
    assertThat(texts(Axis.linear("step", 0, 200), 6))
        .containsExactly("0", "50", "100", "150", "200");
  }

  @Test
  void decadesHavePowersOfTen() {
    assertThat(texts(Axis.logarithmic("f", 1e-7, 200), 6))
        .containsExactly("1e−6", "1e−4", "0.01", "1", "100");
  }

  @Test
  void oneDecadeHasTwiceAndFiveTimesToo() {
    assertThat(texts(Axis.logarithmic("f", 0.3, 30), 6))
        .containsExactly("0.5", "1", "2", "5", "10", "20");
  }

  @Test
  void lessThanADecadeHasRoundNumbers() {
    assertThat(texts(Axis.logarithmic("f", 31, 40), 5))
        .containsExactly("32", "34", "36", "38", "40");
  }

  @Test
  void everyTickLiesOnTheAxis() {
    for (Axis axis : List.of(Axis.linear("x", -3.3, 1e4), Axis.logarithmic("f", 3e-9, 7e12))) {
      assertThat(axis.ticks(6))
          .hasSizeBetween(3, 8)
          .allSatisfy(tick -> assertThat(axis.share(tick.value())).isBetween(0.0, 1.0));
    }
  }

  @Test
  void aLogarithmicAxisBeginsAboveZero() {
    assertThatThrownBy(() -> Axis.logarithmic("f", 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void numbersHaveThreeDigits() {
    assertThat(
            List.of(0.0, 1.0, -0.5, 1234567.0, 64600.0, 123456.0, 1.7e-5, 0.00123, 1 / 3.0, 1e300)
                .stream()
                .map(Numbers::text))
        .containsExactly(
            "0", "1", "−0.5", "1.23e6", "64600", "1.23e5", "1.7e−5", "0.00123", "0.333", "1e300");
  }
}
