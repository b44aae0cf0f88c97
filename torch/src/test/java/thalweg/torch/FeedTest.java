package thalweg.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeedTest {
  /** Sample i has features i and -i and label i mod 3. */
  private static Samples samples(int rows) {
    float[] features = new float[rows * 2];
    int[] labels = new int[rows];
    for (int i = 0; i < rows; i++) {
      features[2 * i] = i;
      features[2 * i + 1] = -i;
      labels[i] = i % 3;
    }
    return Samples.classification(2, features, labels, 3);
  }

  /** The first features of all batches of an epoch, checked against the rest of each sample. */
  private static List<Integer> seen(Feed feed, int epoch, List<Integer> batchRows) {
    List<Integer> seen = new ArrayList<>();
    for (Batch batch : feed.epoch(epoch)) {
      batchRows.add(batch.rows());
      try (var scope = new PointerScope()) {
        float[] features = new float[batch.rows() * 2];
        batch.features().data_ptr_float().get(features);
        long[] labels = new long[batch.rows()];
        batch.targets().data_ptr_long().get(labels);
        assertThat(batch.features().size(0)).isEqualTo(batch.rows());
        for (int i = 0; i < batch.rows(); i++) {
          int sample = (int) features[2 * i];
          assertThat(features[2 * i + 1]).isEqualTo(-features[2 * i]);
          assertThat(labels[i]).isEqualTo(sample % 3);
          seen.add(sample);
        }
      }
    }
    return seen;
  }

  @ParameterizedTest
  @CsvSource({"full, 1, 100", "mini:32, 4, 4", "mini:25, 4, 25", "mini:500, 1, 100", "one, 100, 1"})
  void hands_out_every_sample_exactly_once(String batching, int steps, int lastRows) {
    try (Feed feed = new Feed(samples(100), Batching.parse(batching), 7)) {
      assertThat(feed.steps()).isEqualTo(steps);
      for (int epoch = 1; epoch <= 3; epoch++) {
        List<Integer> rows = new ArrayList<>();
        assertThat(seen(feed, epoch, rows))
            .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 100).boxed().toList());
        assertThat(rows).hasSize(steps);
        assertThat(rows.getLast()).isEqualTo(lastRows);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"full", "mini:32", "one"})
  void repeats_for_the_same_seed_whatever_was_asked_before(String batching) {
    try (Feed one = new Feed(samples(100), Batching.parse(batching), 7);
        Feed other = new Feed(samples(100), Batching.parse(batching), 7)) {
      seen(one, 1, new ArrayList<>());
      assertThat(seen(one, 2, new ArrayList<>())).isEqualTo(seen(other, 2, new ArrayList<>()));
    }
  }

  @Test
  void shuffles_anew_each_epoch_and_for_each_seed() {
    try (Feed feed = new Feed(samples(100), new Batching.Mini(10), 7);
        Feed other = new Feed(samples(100), new Batching.Mini(10), 8)) {
      assertThat(feed.order(1)).isNotEqualTo(feed.order(2)).isNotEqualTo(other.order(1));
      assertThat(feed.order(2)).isNotEqualTo(other.order(1)); // seed + 1 is not epoch + 1
    }
  }

  @Test
  void orders_are_fixed_for_good() {
    assertThat(Order.shuffled(8, 1, 1)).containsExactly(2, 1, 0, 6, 7, 3, 5, 4);
  }

  @Test
  void a_split_is_disjoint_stratified_and_repeats() {
    Samples.Split split = samples(90).split(0.2, 3);
    assertThat(split.train().rows()).isEqualTo(72);
    assertThat(split.validation().rows()).isEqualTo(18);
    var labels = ((Targets.Classes) split.validation().targets()).labels();
    assertThat(labels).containsOnly(0, 1, 2);
    for (int c = 0; c < 3; c++) {
      int wanted = c;
      assertThat(Arrays.stream(labels).filter(label -> label == wanted).count()).isEqualTo(6);
    }
    var all = new ArrayList<Float>();
    for (Samples part : List.of(split.train(), split.validation())) {
      for (int i = 0; i < part.rows(); i++) {
        all.add(part.features().toArray()[2 * i]);
      }
    }
    assertThat(all).doesNotHaveDuplicates().hasSize(90);
    assertThat(samples(90).split(0.2, 3).validation().features().toArray())
        .isEqualTo(split.validation().features().toArray());
    assertThat(samples(90).split(0.2, 4).validation().features().toArray())
        .isNotEqualTo(split.validation().features().toArray());
  }

  @Test
  void values_come_as_a_column() {
    Samples samples = Samples.regression(1, new float[] {1, 2, 3}, new float[] {10, 20, 30});
    try (Feed feed = new Feed(samples, new Batching.Full(), 0)) {
      Batch batch = feed.epoch(1).iterator().next();
      assertThat(batch.targets().size(0)).isEqualTo(3);
      assertThat(batch.targets().size(1)).isEqualTo(1);
      float[] values = new float[3];
      batch.targets().data_ptr_float().get(values);
      assertThat(values).containsExactly(10, 20, 30);
    }
  }

  @Test
  void batchings_read_back_what_they_print() {
    for (String text : List.of("full", "one", "mini:32")) {
      assertThat(Batching.parse(text).text()).isEqualTo(text);
    }
    assertThat(Batching.parse("64")).isEqualTo(new Batching.Mini(64));
    assertThatThrownBy(() -> Batching.parse("some"))
        .hasMessage("batch must be full, one or mini:SIZE such as mini:32, got 'some'");
    assertThatThrownBy(() -> Batching.parse("mini:0"))
        .hasMessage("Batching.size must be >= 1, got 0");
  }

  @Test
  void bad_tables_are_named() {
    assertThatThrownBy(() -> Samples.classification(2, new float[4], new int[] {0, 5}, 3))
        .hasMessage("label of sample 1 must be in [0, 3), got 5");
    assertThatThrownBy(() -> Samples.regression(2, new float[5], new float[2]))
        .hasMessage("5 features are not rows of 2 columns");
    assertThatThrownBy(() -> samples(3).split(0.01, 1))
        .hasMessageContaining("leave one part empty");
  }
}
