package thalweg.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CurriculumTest {
  /** The last row is the easiest. */
  private static Curriculum backwards(int rows, double start, int epochs) {
    return Curriculum.of(IntStream.range(0, rows).mapToDouble(i -> -i).toArray(), start, epochs);
  }

  @Test
  void competenceGrowsByTheSquareRootFromStartToAll() {
    Curriculum curriculum = backwards(100, 0.1, 5);
    assertThat(curriculum.competence(1)).isCloseTo(0.1, within(1e-12));
    assertThat(curriculum.competence(3)).isCloseTo(Math.sqrt(0.5 * 0.99 + 0.01), within(1e-12));
    assertThat(curriculum.competence(5)).isEqualTo(1);
    assertThat(curriculum.competence(500)).isEqualTo(1);
  }

  @Test
  void theFirstEpochSeesTheEasiestOnlyAndAsManySamplesAsAnyOther() {
    int[] order = backwards(100, 0.1, 5).order(7, 1);
    assertThat(order).hasSize(100);
    for (int row = 90; row < 100; row++) {
      int wanted = row;
      assertThat(Arrays.stream(order).filter(r -> r == wanted).count()).isEqualTo(10);
    }
  }

  @Test
  void fromFullCompetenceOnAnEpochSeesEachSampleOnce() {
    Curriculum curriculum = backwards(100, 0.1, 5);
    int[] fifth = curriculum.order(7, 5);
    assertThat(Arrays.stream(fifth).sorted().toArray())
        .isEqualTo(IntStream.range(0, 100).toArray());
    assertThat(curriculum.order(7, 6)).isNotEqualTo(fifth);
    assertThat(curriculum.order(7, 5)).isEqualTo(fifth);
    assertThat(curriculum.order(8, 5)).isNotEqualTo(fifth);
  }

  @Test
  void aFeedGoesByIt() {
    Samples samples = Samples.regression(1, new float[] {0, 1, 2, 3}, new float[] {0, 1, 2, 3});
    Curriculum curriculum = backwards(4, 0.25, 3);
    try (Feed feed = new Feed(samples, new Batching.Mini(2), 1, curriculum)) {
      assertThat(feed.order(1)).containsExactly(3, 3, 3, 3);
      assertThat(feed.order(2)).isEqualTo(curriculum.order(1, 2));
    }
    assertThatThrownBy(() -> new Feed(samples, new Batching.Full(), 1, curriculum))
        .hasMessage(
            "a curriculum orders batches, and a full batch sees all at once; use mini:SIZE");
    assertThatThrownBy(() -> new Feed(samples, new Batching.One(), 1, backwards(5, 0.25, 3)))
        .hasMessage("the curriculum orders 5 rows, the samples have 4");
  }

  @Test
  void whatIsNoOrderIsRefused() {
    assertThatThrownBy(() -> new Curriculum(new int[] {0, 0}, 0.5, 2))
        .hasMessage("Curriculum.easyFirst must name each of 2 rows once, got row 0");
    assertThatThrownBy(() -> Curriculum.of(new double[] {Double.NaN}, 0.5, 2))
        .hasMessage("Curriculum.difficulty has a NaN; give every row a score");
    assertThatThrownBy(() -> backwards(3, 0, 2))
        .hasMessage("Curriculum.start must be in (0, 1], got 0.0");
  }
}
