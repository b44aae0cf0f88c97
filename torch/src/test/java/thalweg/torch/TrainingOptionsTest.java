package thalweg.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.BatchNorm1dImpl;
import org.bytedeco.pytorch.BatchNormOptions;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import thalweg.checkpoint.Checkpoints;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.Parameter;
import thalweg.text.Specs;

/** What a training can be asked for beside epochs. */
class TrainingOptionsTest {
  private static final Mlp.Shape SHAPE = new Mlp.Shape(2, List.of(6), 2, Activation.TANH);

  private static Samples samples(int rows) {
    float[] features = new float[rows * 2];
    int[] labels = new int[rows];
    for (int i = 0; i < rows; i++) {
      labels[i] = i % 2;
      features[2 * i] = (float) Math.sin(3 * i) + labels[i];
      features[2 * i + 1] = (float) Math.cos(7 * i) - labels[i];
    }
    return Samples.classification(2, features, labels, 2);
  }

  /** Steps of a run. */
  private static final class Heard implements TrainingListener {
    private final List<StepReport> steps = new ArrayList<>();

    @Override
    public void onStep(StepReport step) {
      steps.add(step);
    }
  }

  private static double[] weights(Module module) {
    List<Double> all = new ArrayList<>();
    for (Parameter parameter : TorchParameters.of(module)) {
      for (double value : parameter.value().toDoubles()) {
        all.add(value);
      }
    }
    return all.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private record Ran(RunLog log, List<StepReport> steps, double[] weights) {}

  private static Ran run(int batch, String spec, UnaryOperator<Training> options) {
    Mlp model = Mlp.of(SHAPE, 3);
    Heard heard = new Heard();
    Samples samples = samples(70);
    try (Feed feed = new Feed(samples, new Batching.Mini(batch), 5);
        Optimizer optimizer = Optimizer.of(Specs.parse(spec), TorchParameters.of(model))) {
      Training training = Training.of(model, feed, samples(40), 2).listener(heard);
      RunLog log = options.apply(training).run(optimizer, spec);
      return new Ran(log, heard.steps, weights(model));
    }
  }

  @Test
  void theMeanGradientOfSeveralBatchesIsThatOfOneLargeOne() {
    // 70 rows: 2 × 32 and 6, or 4 × 16 and 6, the last update of an epoch having one small batch
    Ran large = run(32, "sgd(lr=0.5)", training -> training);
    Ran small = run(16, "sgd(lr=0.5)", training -> training.accumulate(2));
    assertThat(small.log.steps()).isEqualTo(large.log.steps()).isEqualTo(6);
    for (int i = 0; i < large.weights.length; i++) {
      assertThat(small.weights[i]).isCloseTo(large.weights[i], within(2e-6));
    }
    assertThat(small.steps.get(1).loss()).isCloseTo(large.steps.get(1).loss(), within(1e-6));
    assertThat(small.steps.get(2).samples()).isEqualTo(6);
    // three batches make one uneven update: 16 + 16 + 16, then 16 + 6
    Ran uneven = run(16, "sgd(lr=0.5)", training -> training.accumulate(3).epochs(1));
    assertThat(uneven.steps.stream().map(StepReport::samples)).containsExactly(48, 22);
  }

  @Test
  void clippingBoundsTheNormAndTellsTheOneBefore() {
    Ran ran = run(32, "sgd(lr=1)", training -> training.clip(0.01).maxSteps(1));
    Mlp start = Mlp.of(SHAPE, 3);
    double[] before = weights(start);
    double squares = 0;
    for (int i = 0; i < before.length; i++) {
      squares += Math.pow(ran.weights[i] - before[i], 2);
    }
    assertThat(Math.sqrt(squares)).isCloseTo(0.01, within(1e-6));
    assertThat(ran.steps.getFirst().gradientNorm()).isGreaterThan(0.05);
    Ran loose = run(32, "sgd(lr=1)", training -> training.clip(1e6));
    assertThat(loose.weights).isEqualTo(run(32, "sgd(lr=1)", training -> training).weights);
    Ran chain = run(32, "clip_by_global_norm(0.01) | sgd(lr=1)", training -> training.maxSteps(1));
    for (int i = 0; i < before.length; i++) {
      assertThat(ran.weights[i]).isCloseTo(chain.weights[i], within(1e-7));
    }
  }

  @Test
  void aLimitOfStepsEndsInTheMiddleOfAnEpochWithAnEvaluation() {
    Ran ran = run(16, "sgd(lr=0.5)", training -> training.maxSteps(7));
    assertThat(ran.log.completed()).isTrue();
    assertThat(ran.log.steps()).isEqualTo(7);
    assertThat(ran.log.epochs()).hasSize(2);
    assertThat(ran.log.epochs().getLast().steps()).isEqualTo(7);
    Mlp model = Mlp.of(SHAPE, 3);
    try (Feed feed = new Feed(samples(70), new Batching.Mini(16), 5)) {
      Training endless = Training.of(model, model::forward, feed, samples(40));
      assertThatThrownBy(() ->
              endless.run(
                  Stepping.of(
                      Optimizer.of(Specs.parse("sgd(lr=0.5)"), TorchParameters.of(model)), "sgd")))
          .hasMessage("a training needs to know when to end; say epochs(n) or maxSteps(n)");
    }
  }

  @Test
  void aStepTellsTheRateThatItWasMadeWith() {
    Ran ran =
        run(
            32,
            "sgd(lr=linear(start_factor=1, end_factor=0.5, total_iters=5, base=0.1))",
            training -> training);
    assertThat(ran.steps.get(0).lr()).isCloseTo(0.1, within(1e-12));
    assertThat(ran.steps.get(5).lr()).isCloseTo(0.05, within(1e-12));
    assertThat(run(32, "sgd(lr=0.25)", training -> training).steps.get(3).lr()).isEqualTo(0.25);
  }

  @Test
  void mixedPrecisionRoundsTheForwardAndKeepsTheWeightsInFloat32() {
    Ran full = run(32, "adam(lr=0.05)", training -> training.epochs(15));
    Ran mixed = run(32, "adam(lr=0.05)", training -> training.epochs(15).precision(Precision.BF16));
    assertThat(mixed.steps.getFirst().loss())
        .isNotEqualTo(full.steps.getFirst().loss())
        .isCloseTo(full.steps.getFirst().loss(), within(0.01));
    assertThat(mixed.log.last().loss()).isCloseTo(full.log.last().loss(), within(0.03));
    // the rounded copies of one step are not those of the next
    assertThat(mixed.log.last().loss()).isLessThan(mixed.log.start().loss() / 2);
    assertThat(weights(Mlp.of(SHAPE, 3))).hasSize(mixed.weights.length);
    assertThat(Arrays.stream(mixed.weights).boxed())
        .anyMatch(weight -> weight != (float) roundedToBfloat16(weight));
  }

  private static double roundedToBfloat16(double value) {
    int bits = Float.floatToRawIntBits((float) value);
    return Float.intBitsToFloat(bits & 0xffff0000);
  }

  @Test
  void anExponentialMeanIsWhatItsFormulaSays() {
    List<double[]> path = new ArrayList<>();
    Mlp model = Mlp.of(SHAPE, 3);
    double[] mean = weights(model);
    try (Feed feed = new Feed(samples(70), new Batching.Mini(16), 5);
        Optimizer optimizer = Optimizer.of(Specs.parse("sgd(lr=0.5)"), TorchParameters.of(model))) {
      RunLog log =
          Training.of(model, feed, samples(40), 3)
              .averageWeights(new Averaging.Ema(0.5))
              .listener(
                  new TrainingListener() {
                    @Override
                    public void onStep(long step, double loss) {
                      path.add(weights(model));
                    }
                  })
              .run(optimizer, "sgd(lr=0.5)");
      for (int t = 1; t <= path.size(); t++) {
        double decay = Math.min(0.5, (1.0 + t) / (10 + t));
        for (int i = 0; i < mean.length; i++) {
          mean[i] = decay * mean[i] + (1 - decay) * path.get(t - 1)[i];
        }
      }
      assertThat(path).hasSize(15);
      double[] left = weights(model);
      for (int i = 0; i < mean.length; i++) {
        assertThat(left[i]).isCloseTo(mean[i], within(1e-6));
      }
      RunLog.Epoch last = log.epochs().getLast();
      Evaluation averaged = Objects.requireNonNull(last.averaged());
      assertThat(averaged.loss()).isNotEqualTo(last.validationLoss());
      assertThat(log.last()).isEqualTo(averaged);
    }
  }

  /** A network with batch normalization. */
  private static final class Normed extends Module {
    private final LinearImpl hidden = register_module("hidden", new LinearImpl(2, 4));
    private final BatchNorm1dImpl norm =
        register_module("norm", new BatchNorm1dImpl(new BatchNormOptions(4)));
    private final LinearImpl output = register_module("output", new LinearImpl(4, 2));

    Tensor forward(Tensor features) {
      return output.forward(norm.forward(hidden.forward(features)).tanh());
    }
  }

  @Test
  void theMeanOfEpochsIsEvaluatedWithStatisticsOfItsOwn() {
    Libtorch.load();
    torch.manual_seed(4);
    Normed net = new Normed();
    List<double[]> ends = new ArrayList<>();
    List<Samples> seen = List.of(samples(64));
    try (Feed feed = new Feed(seen.getFirst(), new Batching.Mini(16), 5);
        Optimizer optimizer = Optimizer.of(Specs.parse("sgd(lr=0.5)"), TorchParameters.of(net))) {
      RunLog log =
          Training.of(net, net::forward, feed, samples(40))
              .epochs(4)
              .averageWeights(new Averaging.Swa(2))
              .listener(
                  new TrainingListener() {
                    @Override
                    public void onEpoch(RunLog.Epoch epoch) {
                      ends.add(weights(net));
                    }
                  })
              .run(optimizer, "sgd(lr=0.5)");
      assertThat(log.epochs().getFirst().averaged()).isNull();
      double[] left = weights(net);
      for (int i = 0; i < left.length; i++) {
        double mean = (ends.get(1)[i] + ends.get(2)[i] + ends.get(3)[i]) / 3;
        assertThat(left[i]).isCloseTo(mean, within(1e-6));
      }
      // batches of equal size: the mean of their means is that of all samples
      Tensor all = torch.tensor(seen.getFirst().features().toArray()).view(64, 2);
      Tensor means = net.hidden.forward(all).mean(0);
      Tensor distance = means.sub(net.norm.running_mean()).abs().max();
      assertThat(distance.item_double()).isLessThan(1e-6);
      assertThat(net.norm.options().momentum().get()).isEqualTo(0.1);
    }
  }

  @Test
  void aRunThatGetsNoBetterEndsWithTheBestOfItsWeights() {
    // a rate so large that it soon gets worse
    List<double[]> ends = new ArrayList<>();
    Mlp model = Mlp.of(SHAPE, 3);
    try (Feed feed = new Feed(samples(70), new Batching.Mini(16), 5);
        Optimizer optimizer = Optimizer.of(Specs.parse("sgd(lr=6)"), TorchParameters.of(model))) {
      RunLog log =
          Training.of(model, feed, samples(40), 200)
              .earlyStopping(3, 0.001)
              .listener(
                  new TrainingListener() {
                    @Override
                    public void onEpoch(RunLog.Epoch epoch) {
                      ends.add(weights(model));
                    }
                  })
              .run(optimizer, "sgd(lr=6)");
      assertThat(log.ending())
          .isInstanceOfSatisfying(
              RunLog.Ending.StoppedEarly.class,
              ending -> {
                assertThat(log.epochs()).hasSize(ending.bestEpoch() + 3);
                assertThat(ending.step()).isEqualTo(log.steps());
                assertThat(weights(model)).isEqualTo(ends.get(ending.bestEpoch() - 1));
              });
    }
  }

  @Test
  void anInfiniteGradientEndsTheRunBeforeItIsUsed(@TempDir Path folder) {
    Mlp model = Mlp.of(SHAPE, 3);
    int[] calls = {0};
    // the loss stays finite: its gradient does not
    UnaryOperator<Tensor> forward =
        features -> {
          Tensor outputs = model.forward(features);
          boolean late = model.is_training() && ++calls[0] == 8;
          return late ? outputs.add(outputs.sub(outputs.detach()).abs().sqrt()) : outputs;
        };
    try (Feed feed = new Feed(samples(70), new Batching.Mini(16), 5);
        Optimizer optimizer = Optimizer.of(Specs.parse("sgd(lr=1)"), TorchParameters.of(model))) {
      Checkpoints checkpoints = Checkpoints.in(folder);
      RunLog log =
          Training.of(model, forward, feed, samples(40))
              .epochs(5)
              .checkpoints(checkpoints, 3)
              .run(optimizer, "sgd(lr=1)");
      assertThat(log.ending())
          .isInstanceOfSatisfying(
              RunLog.Ending.Diverged.class,
              ending -> {
                assertThat(ending.step()).isEqualTo(8);
                assertThat(ending.loss()).isFinite();
                assertThat(ending.gradientNorm()).isNaN();
              });
      assertThat(Arrays.stream(weights(model)).boxed()).allMatch(Double::isFinite);
      assertThat(checkpoints.latest().orElseThrow().step()).isEqualTo(6);
    }
  }

  @Test
  void weightsThatAreNotFiniteAreNotSaved(@TempDir Path folder) {
    Mlp model = Mlp.of(SHAPE, 3);
    try (Feed feed = new Feed(samples(70), new Batching.Mini(16), 5);
        Optimizer optimizer = Optimizer.of(Specs.parse("sgd(lr=1)"), TorchParameters.of(model))) {
      Checkpoints checkpoints = Checkpoints.in(folder);
      RunLog log =
          Training.of(model, feed, samples(40), 5)
              .checkpoints(checkpoints, 1)
              .listener(
                  new TrainingListener() {
                    @Override
                    public void onStep(long step, double loss) {
                      if (step == 4) {
                        model.parameters().get(0).data().mul_(new Scalar(1e300));
                      }
                    }
                  })
              .run(optimizer, "sgd(lr=1)");
      assertThat(log.ending())
          .isInstanceOfSatisfying(
              RunLog.Ending.Diverged.class, ending -> assertThat(ending.step()).isEqualTo(4));
      assertThat(checkpoints.latest().orElseThrow().step()).isEqualTo(3);
    }
  }

  @Test
  void whatDoesNotFitIsToldInOneLineBeforeTheFirstStep() {
    Mlp three = Mlp.of(new Mlp.Shape(2, List.of(), 3, Activation.RELU), 1);
    Mlp wide = Mlp.of(new Mlp.Shape(7, List.of(), 2, Activation.RELU), 1);
    Samples samples = samples(70);
    try (Feed feed = new Feed(samples, new Batching.Mini(16), 5);
        Feed large = new Feed(samples, new Batching.Mini(71), 5)) {
      assertThatThrownBy(() -> begin(Training.of(three, three::forward, feed, samples)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "the network answers one sample with [1, 3], cross_entropy of these targets needs [1,"
                  + " 2]; make the network's outputs fit");
      assertThatThrownBy(() -> begin(Training.of(wide, wide::forward, feed, samples)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("the network cannot take a sample of 2 numbers: ")
          .hasMessageEndingWith("; make network and data fit")
          .hasMessageNotContaining("\n");
      assertThatThrownBy(() -> begin(Training.of(three, three::forward, large, samples)))
          .hasMessage("batch is 71, there are 70 training samples; give a smaller batch or full");
      assertThatThrownBy(
              () -> begin(Training.of(three, three::forward, feed, samples).loss(Loss.huber(1))))
          .hasMessageStartingWith("huber(delta=1.0) needs numbers");
      assertThatThrownBy(
              () -> begin(Training.of(three, three::forward, feed, samples).metrics(Metric.r2())))
          .hasMessageStartingWith("r2 needs numbers");
    }
  }

  private static void begin(Training training) {
    training
        .epochs(1)
        .run(
            new Stepping() {
              @Override
              public void zeroGrad() {}

              @Override
              public void step() {}

              @Override
              public String text() {
                return "none";
              }
            });
  }

  @Test
  void memoryThatIsNotThereIsToldWithTheBatch() {
    Mlp model = Mlp.of(SHAPE, 3);
    UnaryOperator<Tensor> greedy =
        features -> {
          if (features.size(0) == 16) {
            torch.zeros(1L << 50).sum();
          }
          return model.forward(features);
        };
    Samples samples = samples(70);
    try (Feed feed = new Feed(samples, new Batching.Mini(16), 5)) {
      assertThatThrownBy(() -> begin(Training.of(model, greedy, feed, samples)))
          .isInstanceOf(NotEnoughMemoryException.class)
          .hasMessageStartingWith("libtorch has no memory for a batch of 16 samples of 2 numbers (")
          .hasMessageContaining("give a smaller batch")
          .hasMessageNotContaining("\n");
    }
  }
}
