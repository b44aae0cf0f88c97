package thalweg.lab.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BinsTest {
  @Test
  void fewUpdatesAreABinEach() {
    assertThat(Bins.of(3).ends()).containsExactly(1L, 2L, 3L);
    assertThat(Bins.of(0).ends()).isEmpty();
    assertThat(Bins.of(500).ends()).hasSize(500);
  }

  @ParameterizedTest
  @ValueSource(longs = {501, 900, 28_760, 250_000, 4_000_000_000L})
  void manyUpdatesAreAtMostFiveHundredBinsThatGrow(long updates) {
    List<Long> ends = Bins.of(updates).ends();
    assertThat(ends).hasSizeBetween(200, 500).isSorted().doesNotHaveDuplicates();
    assertThat(ends.getLast()).isEqualTo(updates);
    long last = updates - ends.get(ends.size() - 2);
    assertThat(last).isLessThanOrEqualTo(updates / 250 + 1);
    assertThat(ends.getFirst()).isLessThanOrEqualTo(Math.max(1, updates / 250_000));
  }

  @Test
  void aBinHoldsTheMeanOfItsUpdatesToSixDigits() {
    Bins.Means means = new Bins(List.of(1L, 2L, 4L, 7L)).new Means();
    for (double loss : new double[] {8, 7, 6, 5, 1.0 / 3, 1.0 / 3, 1.0 / 3}) {
      means.add(loss);
    }
    assertThat(means.all()).containsExactly(8.0, 7.0, 5.5, 0.333333);
  }

  @Test
  void aRunThatEndsWithinABinLeavesTheMeanOfWhatThereWas() {
    Bins.Means means = new Bins(List.of(1L, 2L, 4L, 7L)).new Means();
    for (double loss : new double[] {8, 7, 6, 5, 3, 1}) {
      means.add(loss);
    }
    assertThat(means.all()).containsExactly(8.0, 7.0, 5.5, 2.0);
  }

  @Test
  void everyUpdateIsInOneBin() {
    long updates = 28_760;
    Bins bins = Bins.of(updates);
    Bins.Means means = bins.new Means();
    LongStream.rangeClosed(1, updates).forEach(u -> means.add(u));
    assertThat(means.all()).hasSameSizeAs(bins.ends());
    for (int b = 1; b < bins.ends().size(); b++) {
      double middle = (bins.ends().get(b - 1) + 1 + bins.ends().get(b)) / 2.0;
      assertThat(means.all().get(b)).isEqualTo(Figures.rounded(middle, 6));
    }
  }
}
