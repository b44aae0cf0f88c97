package thalweg.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import thalweg.memory.Buffer;
import thalweg.optimizer.Parameter;
import thalweg.optimizer.Parameters;

class TrainingTest {
  /** w ← w − lr g, written out. */
  private record Descent(Parameters parameters, double lr) implements Stepping {
    @Override
    public void zeroGrad() {
      for (Parameter parameter : parameters) {
        Buffer gradient = parameter.gradient();
        if (gradient != null) {
          gradient.fill(0);
        }
      }
    }

    @Override
    public void step() {
      for (Parameter parameter : parameters) {
        Buffer gradient = parameter.gradient();
        if (gradient != null) {
          Buffer value = parameter.value();
          for (long i = 0; i < value.length(); i++) {
            value.set(i, value.get(i) - lr * gradient.get(i));
          }
        }
      }
    }

    @Override
    public String text() {
      return "descent(lr=" + lr + ")";
    }
  }

  /** Two rings around each other: no line parts them. */
  private static Samples rings(int rows) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(5);
    float[] features = new float[rows * 2];
    int[] labels = new int[rows];
    for (int i = 0; i < rows; i++) {
      labels[i] = i % 2;
      double radius = 0.5 + labels[i] + 0.1 * random.nextGaussian();
      double angle = 2 * Math.PI * random.nextDouble();
      features[2 * i] = (float) (radius * Math.cos(angle));
      features[2 * i + 1] = (float) (radius * Math.sin(angle));
    }
    return Samples.classification(2, features, labels, 2);
  }

  private static final Mlp.Shape SHAPE = new Mlp.Shape(2, List.of(16), 2, Activation.TANH);

  private static RunLog train(Batching batching, double lr, int epochs, TrainingListener listener) {
    Samples.Split split = rings(300).split(0.2, 1);
    Mlp model = Mlp.of(SHAPE, 3);
    try (Feed feed = new Feed(split.train(), batching, 11)) {
      return Training.of(model, feed, split.validation(), epochs)
          .listener(listener)
          .run(new Descent(TorchParameters.of(model), lr));
    }
  }

  private static List<Object> numbers(RunLog log) {
    List<Object> numbers = new ArrayList<>();
    numbers.add(log.start());
    for (RunLog.Epoch epoch : log.epochs()) {
      numbers.add(List.of(epoch.trainLoss(), epoch.validation(), epoch.steps()));
    }
    return numbers;
  }

  @Test
  void a_small_network_learns_rings() {
    RunLog log = train(new Batching.Mini(16), 0.3, 40, TrainingListener.SILENT);
    assertThat(log.completed()).isTrue();
    assertThat(log.epochs()).hasSize(40);
    assertThat(log.last().metric()).isGreaterThan(0.95);
    assertThat(log.last().loss()).isLessThan(log.start().loss() / 3);
    assertThat(log.steps()).isEqualTo(40 * 15);
    assertThat(log.stepNanos()).isPositive();
    assertThat(log.optimizer()).isEqualTo("descent(lr=0.3)");
  }

  @Test
  void equal_seeds_log_equal_losses_in_every_bit() {
    RunLog one = train(new Batching.Mini(32), 0.3, 5, TrainingListener.SILENT);
    torch.manual_seed(99); // libtorch's own state must not matter
    RunLog other = train(new Batching.Mini(32), 0.3, 5, TrainingListener.SILENT);
    assertThat(numbers(one)).isEqualTo(numbers(other));
    assertThat(numbers(train(new Batching.One(), 0.01, 2, TrainingListener.SILENT)))
        .isEqualTo(numbers(train(new Batching.One(), 0.01, 2, TrainingListener.SILENT)));
  }

  @Test
  void a_loss_beyond_numbers_ends_the_run_and_is_marked() {
    List<Double> losses = new ArrayList<>();
    RunLog log =
        train(
            new Batching.Mini(16),
            1e38,
            40,
            new TrainingListener() {
              @Override
              public void onStep(long step, double loss) {
                losses.add(loss);
              }
            });
    assertThat(log.diverged()).isTrue();
    assertThat(log.ending())
        .isInstanceOfSatisfying(
            RunLog.Ending.Diverged.class,
            ending -> {
              assertThat(ending.step()).isEqualTo(losses.size() + 1L);
              assertThat(ending.loss()).isNotEqualTo(0).isNotIn(losses);
              assertThat(Double.isFinite(ending.loss())).isFalse();
            });
    assertThat(losses).isNotEmpty().allMatch(Double::isFinite);
    assertThat(log.steps()).isEqualTo(losses.size());
  }

  @Test
  void a_run_can_be_cancelled_and_tells_its_steps() {
    Samples.Split split = rings(300).split(0.2, 1);
    Mlp model = Mlp.of(SHAPE, 3);
    List<Long> heard = new ArrayList<>();
    List<RunLog.Epoch> epochs = new ArrayList<>();
    var listener =
        new TrainingListener() {
          @Override
          public void onStep(long step, double loss) {
            heard.add(step);
          }

          @Override
          public void onEpoch(RunLog.Epoch epoch) {
            epochs.add(epoch);
          }
        };
    try (Feed feed = new Feed(split.train(), new Batching.Mini(16), 11)) {
      RunLog log =
          Training.of(model, feed, split.validation(), 100)
              .listener(listener)
              .cancelWhen(() -> heard.size() == 20)
              .run(new Descent(TorchParameters.of(model), 0.1));
      assertThat(log.ending()).isEqualTo(new RunLog.Ending.Cancelled(20));
      assertThat(log.steps()).isEqualTo(20);
      assertThat(log.epochs()).hasSize(1).isEqualTo(epochs);
      assertThat(heard.getFirst()).isEqualTo(1);
    }
  }

  @Test
  void a_linear_model_fits_a_line_and_r2_says_so() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(5);
    float[] features = new float[200];
    float[] values = new float[200];
    for (int i = 0; i < 200; i++) {
      features[i] = (float) random.nextGaussian();
      values[i] = 3 * features[i] - 1;
    }
    Samples.Split split = Samples.regression(1, features, values).split(0.25, 1);
    Mlp model = Mlp.of(new Mlp.Shape(1, List.of(), 1, Activation.RELU), 3);
    try (Feed feed = new Feed(split.train(), new Batching.Full(), 0)) {
      RunLog log =
          Training.of(model, feed, split.validation(), 200)
              .run(new Descent(TorchParameters.of(model), 0.1));
      assertThat(log.last().metric()).isCloseTo(1, within(1e-6));
      assertThat(log.start().metric()).isLessThan(0.9);
    }
    assertThat(TorchParameters.of(model).list().get(0).value().get(0)).isCloseTo(3, within(1e-3));
  }

  @Test
  void evaluation_in_chunks_counts_every_sample() {
    Samples many = rings(2500);
    Mlp model = Mlp.of(SHAPE, 3);
    double right = 0;
    double loss = 0;
    for (int i = 0; i < many.rows(); i += 500) {
      int from = i;
      Samples part = many.select(java.util.stream.IntStream.range(from, from + 500).toArray());
      try (Feed feed = Evaluation.feed(part)) {
        Evaluation evaluation = evaluation(model, feed);
        right += evaluation.metric() / 5;
        loss += evaluation.loss() / 5;
      }
    }
    try (Feed feed = Evaluation.feed(many)) {
      Evaluation whole = evaluation(model, feed);
      assertThat(whole.metric()).isCloseTo(right, within(1e-12));
      assertThat(whole.loss()).isCloseTo(loss, within(1e-6));
    }
  }

  private static Evaluation evaluation(Mlp model, Feed feed) {
    return Evaluation.of(
        model::forward, Loss.crossEntropy(), List.of(Metric.accuracy()), feed, () -> false);
  }

  @Test
  void weights_bring_a_model_back_to_the_start() {
    Mlp model = Mlp.of(SHAPE, 3);
    Weights start = Weights.of(model);
    Buffer place = TorchParameters.of(model).list().get(0).value();
    double first = place.get(0);
    place.set(0, 42);
    start.into(model);
    assertThat(place.get(0)).isEqualTo(first);

    Mlp other = Mlp.of(SHAPE, 4);
    assertThat(TorchParameters.of(other).list().get(0).value().get(0)).isNotEqualTo(first);
    start.into(other);
    assertThat(TorchParameters.of(other).list().get(0).value().get(0)).isEqualTo(first);
    assertThatThrownBy(() -> start.into(Mlp.of(new Mlp.Shape(2, List.of(), 2, Activation.RELU), 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_network_starts_within_the_bound_and_from_its_seed_alone() {
    torch.manual_seed(1);
    Weights one = Weights.of(Mlp.of(SHAPE, 3));
    torch.manual_seed(2);
    Mlp model = Mlp.of(SHAPE, 3);
    double largest = 0;
    for (Parameter parameter : TorchParameters.of(model)) {
      double bound = parameter.name().startsWith("hidden0") ? 1 / Math.sqrt(2) : 1 / Math.sqrt(16);
      for (double value : parameter.value().toDoubles()) {
        assertThat(Math.abs(value)).isLessThanOrEqualTo((float) bound);
        largest = Math.max(largest, Math.abs(value) / bound);
      }
    }
    assertThat(largest).isGreaterThan(0.9);
    double[] before = TorchParameters.of(model).list().get(0).value().toDoubles();
    one.into(model);
    assertThat(TorchParameters.of(model).list().get(0).value().toDoubles()).isEqualTo(before);
    assertThat(one.names())
        .containsExactly("hidden0.weight", "hidden0.bias", "output.weight", "output.bias");
  }

  @Test
  void thousands_of_steps_hold_no_more_memory_than_few() {
    Samples.Split split = rings(300).split(0.2, 1);
    Mlp model = Mlp.of(SHAPE, 3);
    try (var scope = new PointerScope();
        Feed feed = new Feed(split.train(), new Batching.Mini(10), 11)) {
      Training training = Training.of(model, feed, split.validation(), 5);
      Stepping descent = new Descent(TorchParameters.of(model), 0.1);
      training.run(descent);
      long count = Pointer.totalCount();
      long bytes = Pointer.totalBytes();
      for (int i = 0; i < 25; i++) {
        training.run(descent);
      }
      assertThat(Pointer.totalCount() - count).as("handles after 3000 steps").isLessThan(50);
      assertThat(Pointer.totalBytes() - bytes).isLessThan(10_000);
    }
  }
}
