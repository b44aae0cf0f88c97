package thalweg.lab.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import thalweg.lab.surface.Box;

class HeightScaleTest {
  private static final Box VALLEY = new Box(List.of(-2.0, -1.0), List.of(2.0, 3.0));

  @Test
  void theLowestIsAtZeroAndTheHighestAtOne() {
    var scale = HeightScale.of(new double[][] {{3, 5}, {-2, 40}});
    assertThat(scale.share(-2)).isZero();
    assertThat(scale.share(40)).isEqualTo(1);
    assertThat(scale.share(-7)).isZero();
    assertThat(scale.share(1e300)).isEqualTo(1);
    assertThat(scale.share(Double.NaN)).isNaN();
  }

  @Test
  void higherIsAlwaysFurtherUp() {
    var scale = HeightScale.of(Samples.grid(Samples::rosenbrock, VALLEY, 51));
    double[] heights = new Random(3).doubles(500, 0, 2500).sorted().toArray();
    for (int i = 1; i < heights.length; i++) {
      assertThat(scale.share(heights[i])).isGreaterThan(scale.share(heights[i - 1]));
    }
  }

  @Test
  void heightAndShareAreInverse() {
    var scale = new HeightScale(-3, 5000, 0.7);
    for (double share = 0; share <= 1; share += 0.0625) {
      assertThat(scale.share(scale.height(share))).isCloseTo(share, within(1e-12));
    }
  }

  @Test
  void levelsAreEvenlySpacedOnTheScale() {
    var scale = new HeightScale(1, 900, 2);
    assertThat(scale.levels(3).stream().map(scale::share))
        .satisfiesExactly(
            s -> assertThat(s).isCloseTo(0.25, within(1e-12)),
            s -> assertThat(s).isCloseTo(0.5, within(1e-12)),
            s -> assertThat(s).isCloseTo(0.75, within(1e-12)));
  }

  @Test
  void aTenthOfTheValleyHasAQuarterOfTheScale() {
    double[][] z = Samples.grid(Samples::rosenbrock, VALLEY, 101);
    var scale = HeightScale.of(z);
    long low =
        Arrays.stream(z)
            .flatMapToDouble(Arrays::stream)
            .filter(h -> scale.share(h) <= 0.25)
            .count();
    assertThat(low / (101.0 * 101)).isBetween(0.099, 0.101);
  }

  @Test
  void whatIsNotFiniteDoesNotCount() {
    double[][] z = {{Double.NaN, 1}, {Double.POSITIVE_INFINITY, 2}, {Double.NEGATIVE_INFINITY, 9}};
    var scale = HeightScale.of(z);
    assertThat(List.of(scale.low(), scale.high())).containsExactly(1.0, 9.0);
  }

  @Test
  void aKnownLowerHeightIsTheLowest() {
    assertThat(HeightScale.of(new double[][] {{3, 5}}, 2.5).low()).isEqualTo(2.5);
  }

  @Test
  void whatIsLevelHasNoLevels() {
    assertThat(HeightScale.of(new double[][] {{4, 4}, {4, 4}}).levels(9)).isEmpty();
    assertThat(HeightScale.of(new double[][] {{Double.NaN}}).levels(9)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-290, 1e-160, 1e160, 1e300, 8e307})
  void aTenthHasAQuarterOfTheScaleHoweverLargeOrSmallAllIs(double factor) {
    double[][] z = {
      IntStream.rangeClosed(0, 100).mapToDouble(i -> factor * (i * i / 1e4)).toArray()
    };
    var scale = HeightScale.of(z);
    assertThat(scale.share(factor * 0.01)).isCloseTo(0.25, within(1e-6));
    assertThat(scale.levels(3)).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.MIN_VALUE, 1e-310, 1e308, Double.MAX_VALUE})
  void aRangeAtTheEndsOfWhatNumbersHoldIsLevel(double high) {
    assertThat(HeightScale.of(new double[][] {{0, high / 2}, {high, 0}}).levels(9)).isEmpty();
  }

  @Test
  void theTextNamesLowestAndKnee() {
    assertThat(new HeightScale(0, 2500, 0.65).text())
        .isEqualTo("evenly spaced in log(1 + f / 0.65)");
    assertThat(new HeightScale(-19.2085, 3, 0.5).text())
        .isEqualTo("evenly spaced in log(1 + (f + 19.2) / 0.5)");
  }
}
