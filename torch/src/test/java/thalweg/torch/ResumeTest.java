package thalweg.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.BatchNorm1dImpl;
import org.bytedeco.pytorch.BatchNormOptions;
import org.bytedeco.pytorch.EmbeddingImpl;
import org.bytedeco.pytorch.EmbeddingOptions;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import thalweg.checkpoint.CheckpointException;
import thalweg.checkpoint.Checkpoints;
import thalweg.checkpoint.RawTensor;
import thalweg.checkpoint.Safetensors;
import thalweg.optimizer.LoadOptions;
import thalweg.optimizer.LoadReport;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.OptimizerState;
import thalweg.text.Specs;

/** A training that is stopped anywhere and goes on. */
class ResumeTest {
  @TempDir Path folder;

  private static final int EPOCHS = 3;
  private static final int STEPS = 5; // of an epoch: 70 samples in batches of 16

  /** A network with all that a checkpoint must not forget: running means, and dropout. */
  private static final class Net extends Module {
    private final LinearImpl hidden = register_module("hidden", new LinearImpl(2, 8));
    private final BatchNorm1dImpl norm =
        register_module("norm", new BatchNorm1dImpl(new BatchNormOptions(8)));
    private final LinearImpl output = register_module("output", new LinearImpl(8, 2));

    static Net seeded(long seed) {
      torch.manual_seed(seed);
      return new Net();
    }

    Tensor forward(Tensor features) {
      Tensor signal = norm.forward(hidden.forward(features)).tanh();
      return output.forward(torch.dropout(signal, 0.3, is_training()));
    }
  }

  private static Samples samples() {
    int rows = 88;
    float[] features = new float[rows * 2];
    int[] labels = new int[rows];
    for (int i = 0; i < rows; i++) {
      labels[i] = i % 2;
      features[2 * i] = (float) Math.sin(3 * i) * (1 + labels[i]);
      features[2 * i + 1] = (float) Math.cos(7 * i) * (1 + labels[i]);
    }
    return Samples.classification(2, features, labels, 2);
  }

  /** Features that differ from epoch to epoch, as augmented pictures do. */
  private record Shaken(Features features) implements Features {
    @Override
    public int rows() {
      return features.rows();
    }

    @Override
    public int columns() {
      return features.columns();
    }

    @Override
    public void read(int row, int epoch, MemorySegment into, long at) {
      features.read(row, epoch, into, at);
      float value = into.get(ValueLayout.JAVA_FLOAT_UNALIGNED, at);
      into.set(ValueLayout.JAVA_FLOAT_UNALIGNED, at, value + 0.01f * epoch);
    }
  }

  /** What a run showed to the world, in numbers. */
  private record Seen(RunLog log, List<Double> losses, Map<String, byte[]> tensors) {
    List<Object> numbers() {
      List<Object> numbers = new ArrayList<>(List.of(log.start(), log.steps(), log.ending()));
      for (RunLog.Epoch epoch : log.epochs()) {
        numbers.add(List.of(epoch.epoch(), epoch.trainLoss(), epoch.validation(), epoch.steps()));
        numbers.add(Optional.ofNullable(epoch.averaged()));
        numbers.add(Optional.ofNullable(epoch.training()));
      }
      return numbers;
    }
  }

  private static Seen first(String spec, Path saved, int epochs, long stopAt) {
    return run(spec, saved, epochs, stopAt, List.of(), 1);
  }

  /** Another process: its network and its random numbers begin otherwise. */
  private static Seen goingOn(String spec, Path saved, int epochs, Seen first) {
    return run(spec, saved, epochs, Long.MAX_VALUE, first.losses(), 99);
  }

  private static Seen run(
      String spec, Path saved, int epochs, long stopAt, List<Double> losses, long seed) {
    return run(spec, saved, epochs, stopAt, losses, seed, UnaryOperator.identity());
  }

  private static Seen run(
      String spec,
      Path saved,
      int epochs,
      long stopAt,
      List<Double> losses,
      long seed,
      UnaryOperator<Training> options) {
    Samples.Split split = samples().split(0.2, 1);
    Net net = Net.seeded(seed);
    List<Double> heard = new ArrayList<>(losses);
    Samples train = new Samples(new Shaken(split.train().features()), split.train().targets());
    try (Feed feed = new Feed(train, new Batching.Mini(16), 11);
        Optimizer optimizer = Optimizer.of(Specs.parseOptimizer(spec), TorchParameters.of(net))) {
      Training training =
          Training.of(net, net::forward, feed, split.validation())
              .epochs(epochs)
              .listener(
                  new TrainingListener() {
                    @Override
                    public void onStep(long step, double loss) {
                      heard.add(loss);
                    }
                  })
              .cancelWhen(() -> heard.size() >= stopAt)
              .checkpoints(Checkpoints.in(saved), 2);
      RunLog log = options.apply(training).run(optimizer, spec);
      Map<String, byte[]> tensors = new TreeMap<>();
      ModuleTensors.of(net)
          .forEach(
              (name, tensor) -> tensors.put(name, tensor.bytes().toArray(ValueLayout.JAVA_BYTE)));
      OptimizerState state = optimizer.state();
      state
          .toDoubles()
          .forEach((key, values) ->
              tensors.put(key, Arrays.toString(values).getBytes(StandardCharsets.US_ASCII)));
      tensors.put("progress", state.progress().toString().getBytes(StandardCharsets.US_ASCII));
      return new Seen(log, heard, tensors);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sgd(lr=warmup(4).then(cosine_annealing(base=0.1, T_max=9)), momentum=0.9)",
        "adamw(lr=reduce_on_plateau(base=0.05, patience=0, factor=0.5, threshold=0.5))",
        "adam(lr=exponential(base=0.05, gamma=0.7, per=epoch)) | lookahead(k=3, alpha=0.5)",
        "add_noise(eta=0.01, gamma=0.55, seed=3) | nag(lr=0.05)"
      })
  void stoppedAnywhereItEndsInTheSameBits(String spec) {
    Seen straight = first(spec, folder.resolve("straight"), EPOCHS, Long.MAX_VALUE);
    assertThat(straight.log().completed()).isTrue();
    assertThat(straight.log().steps()).isEqualTo(EPOCHS * STEPS);
    for (int k = 0; k <= EPOCHS * STEPS; k++) {
      int stop = k;
      Path saved = folder.resolve("stopped-" + stop);
      Seen first = first(spec, saved, EPOCHS, stop);
      assertThat(first.log().steps()).isEqualTo(stop);
      Seen second = goingOn(spec, saved, EPOCHS, first);
      assertThat(second.losses()).as("stopped at " + stop).isEqualTo(straight.losses());
      assertThat(second.numbers()).as("stopped at " + stop).isEqualTo(straight.numbers());
      assertThat(second.tensors().keySet()).isEqualTo(straight.tensors().keySet());
      second
          .tensors()
          .forEach((name, bytes) ->
              assertThat(bytes)
                  .as("%s, stopped at %d", name, stop)
                  .isEqualTo(straight.tensors().get(name)));
    }
  }

  /** All that a run can be asked for, with features that differ from epoch to epoch. */
  private static Seen everything(
      Path saved, Averaging averaging, long stopAt, List<Double> losses, long seed) {
    return run(
        "add_noise(eta=0.01, gamma=0.55, seed=3) | adam(lr=warmup(4).then(constant(base=0.2,"
            + " factor=1, total_iters=0)))",
        saved,
        12,
        stopAt,
        losses,
        seed,
        training ->
            training
                .loss(Loss.crossEntropy().labelSmoothing(0.1).classWeights(1, 2))
                .metrics(Metric.macroF1(), Metric.perplexity())
                .accumulate(2)
                .clip(0.5)
                .precision(Precision.BF16)
                .averageWeights(averaging)
                .evaluateTraining()
                .earlyStopping(2, 0.002));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ema", "swa"})
  void withEverythingOnItEndsInTheSameBitsAsWell(String kind) {
    Averaging averaging = kind.equals("ema") ? new Averaging.Ema(0.8) : new Averaging.Swa(2);
    Seen straight = everything(folder.resolve("a"), averaging, Long.MAX_VALUE, List.of(), 1);
    long steps = straight.log().steps();
    assertThat(straight.log().ending()).isInstanceOf(RunLog.Ending.StoppedEarly.class);
    assertThat(steps).isGreaterThan(8);
    for (int k = 0; k <= steps; k += 2) { // three an epoch, so every place in one is met
      int stop = k;
      Path saved = folder.resolve("stopped-" + stop);
      Seen first = everything(saved, averaging, stop, List.of(), 1);
      Seen second = everything(saved, averaging, Long.MAX_VALUE, first.losses(), 99);
      assertThat(second.losses()).as("stopped at " + stop).isEqualTo(straight.losses());
      assertThat(second.numbers()).as("stopped at " + stop).isEqualTo(straight.numbers());
      second
          .tensors()
          .forEach((name, bytes) ->
              assertThat(bytes)
                  .as("%s, stopped at %d", name, stop)
                  .isEqualTo(straight.tensors().get(name)));
    }
  }

  /** Three epochs, cancelled when the condition has been asked so often. */
  private static Seen asked(Path saved, Averaging averaging, int most, List<Double> losses) {
    int[] questions = {0};
    return run(
        "adam(lr=0.1)",
        saved,
        EPOCHS,
        Long.MAX_VALUE,
        losses,
        losses.isEmpty() ? 1 : 99,
        training ->
            training
                .averageWeights(averaging)
                .evaluateTraining()
                .cancelWhen(() -> ++questions[0] > most));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ema", "swa"})
  void leftInTheMiddleOfAnEvaluationItEndsInTheSameBits(String kind) {
    Averaging averaging = kind.equals("ema") ? new Averaging.Ema(0.8) : new Averaging.Swa(2);
    Seen straight = asked(folder.resolve("a"), averaging, Integer.MAX_VALUE, List.of());
    int stopped = 0;
    for (int most = 1; ; most++, stopped++) {
      Path saved = folder.resolve("asked-" + most);
      Seen first = asked(saved, averaging, most, List.of());
      if (first.log().completed()) {
        break;
      }
      Seen second = asked(saved, averaging, Integer.MAX_VALUE, first.losses());
      assertThat(second.losses()).as("asked %d times", most).isEqualTo(straight.losses());
      assertThat(second.numbers()).as("asked %d times", most).isEqualTo(straight.numbers());
      second
          .tensors()
          .forEach(
              (name, bytes) -> assertThat(bytes).as(name).isEqualTo(straight.tensors().get(name)));
    }
    // before each step, and in each evaluation: of the validation part, the training part, the mean
    assertThat(stopped).isGreaterThanOrEqualTo(EPOCHS * (STEPS + 2) + 2);
  }

  @Test
  void anEqualSeedGivesEqualBitsWithDropoutToo() {
    Seen one = everything(folder.resolve("a"), new Averaging.Ema(0.8), 1 << 30, List.of(), 7);
    Seen other = everything(folder.resolve("b"), new Averaging.Ema(0.8), 1 << 30, List.of(), 7);
    assertThat(other.losses()).isEqualTo(one.losses());
    assertThat(other.numbers()).isEqualTo(one.numbers());
    one.tensors()
        .forEach((name, bytes) -> assertThat(other.tensors().get(name)).as(name).isEqualTo(bytes));
    Seen third = everything(folder.resolve("c"), new Averaging.Ema(0.8), 1 << 30, List.of(), 8);
    assertThat(third.losses()).isNotEqualTo(one.losses());
  }

  @Test
  void aRunWithOtherSettingsIsRefused() {
    first("sgd(lr=0.1)", folder, 1, Long.MAX_VALUE);
    assertThatThrownBy(
            () -> run("sgd(lr=0.1)", folder, 2, 1 << 30, List.of(), 1, each -> each.accumulate(2)))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("accumulate was 1, here it is 2");
  }

  @Test
  void aFinishedRunIsNotRunAgainAndGoesOnForMoreEpochs() {
    String spec = "sgd(lr=0.1, momentum=0.9)";
    Seen straight = first(spec, folder.resolve("a"), EPOCHS, Long.MAX_VALUE);
    Seen shorter = first(spec, folder.resolve("b"), 1, Long.MAX_VALUE);
    Seen again = goingOn(spec, folder.resolve("b"), 1, shorter);
    assertThat(again.losses()).isEqualTo(shorter.losses());
    assertThat(again.numbers()).isEqualTo(shorter.numbers());
    Seen longer = goingOn(spec, folder.resolve("b"), EPOCHS, shorter);
    assertThat(longer.numbers()).isEqualTo(straight.numbers());
    assertThat(longer.losses()).isEqualTo(straight.losses());
  }

  @Test
  void theBestEpochIsKeptWhereThatIsAskedFor() {
    Samples.Split split = samples().split(0.2, 1);
    Net net = Net.seeded(1);
    Checkpoints checkpoints = Checkpoints.in(folder).keep(1).keepBest();
    try (Feed feed = new Feed(split.train(), new Batching.Mini(16), 11);
        Optimizer optimizer = Optimizer.of(Specs.parse("sgd(lr=2)"), TorchParameters.of(net))) {
      RunLog log =
          Training.of(net, net::forward, feed, split.validation())
              .epochs(6)
              .checkpoints(checkpoints, 1000)
              .run(optimizer, "sgd(lr=2)");
      RunLog.Epoch lowest =
          log.epochs().stream()
              .min(Comparator.comparingDouble(RunLog.Epoch::validationLoss))
              .orElseThrow();
      assertThat(checkpoints.best().orElseThrow().step()).isEqualTo(lowest.steps());
      assertThat(checkpoints.latest().orElseThrow().step()).isEqualTo(log.steps());
      assertThat(checkpoints.files().size()).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void anotherRunsFolderIsRefused() {
    first("sgd(lr=0.1)", folder, 1, Long.MAX_VALUE);
    assertThatThrownBy(() -> first("sgd(lr=0.2)", folder, 1, Long.MAX_VALUE))
        .isInstanceOf(CheckpointException.class)
        .hasMessage(
            "the checkpoint of step 5 is of another run: optimizer was sgd(lr=0.1), here it is"
                + " sgd(lr=0.2); give this run a folder of its own");
  }

  @Test
  void anOptimizerThatKeepsItsStateToItselfCannotBeSaved() {
    Samples.Split split = samples().split(0.2, 1);
    Mlp model = Mlp.of(new Mlp.Shape(2, List.of(), 2, Activation.RELU), 1);
    Stepping closed =
        new Stepping() {
          @Override
          public void zeroGrad() {}

          @Override
          public void step() {}

          @Override
          public String text() {
            return "closed";
          }
        };
    try (Feed feed = new Feed(split.train(), new Batching.Full(), 11)) {
      Training training =
          Training.of(model, feed, split.validation(), 1).checkpoints(Checkpoints.in(folder), 1);
      assertThatThrownBy(() -> training.run(closed))
          .hasMessageStartingWith("closed does not give its state away");
    }
    assertThatThrownBy(() -> new Saving(Checkpoints.in(folder), 0))
        .hasMessage("Training.checkpoints everySteps must be >= 1, got 0");
  }

  @Test
  void aModuleComesBackFromAFileWithItsBuffers() {
    Net net = Net.seeded(1);
    net.forward(torch.rand(4, 2)); // moves the running means
    Path file = folder.resolve("model.safetensors");
    ModuleTensors.save(net, file);
    try (Safetensors read = Safetensors.open(file)) {
      read.verify();
      assertThat(read.metadata()).containsEntry("format", "pt");
      assertThat(read.names())
          .containsExactlyInAnyOrder(
              "hidden.weight",
              "hidden.bias",
              "norm.weight",
              "norm.bias",
              "norm.running_mean",
              "norm.running_var",
              "norm.num_batches_tracked",
              "output.weight",
              "output.bias");
      assertThat(read.entries().get("norm.num_batches_tracked")).hasToString("I64 []");
    }
    Net other = Net.seeded(2);
    ModuleTensors.load(other, file);
    ModuleTensors.of(net)
        .forEach((name, tensor) -> {
          RawTensor loaded = Objects.requireNonNull(ModuleTensors.of(other).get(name));
          assertThat(loaded.bytes().mismatch(tensor.bytes())).as(name).isEqualTo(-1);
        });
  }

  @Test
  void anotherModelIsToldWithEveryNameAndNothingIsChanged() {
    Net net = Net.seeded(1);
    Mlp small = Mlp.of(new Mlp.Shape(2, List.of(), 3, Activation.RELU), 1);
    Map<String, RawTensor> tensors = ModuleTensors.of(small);
    double[] before = TorchParameters.of(net).list().getFirst().value().toDoubles();
    assertThatThrownBy(() -> ModuleTensors.load(net, tensors, LoadOptions.strict()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "model does not fit: missing: hidden.weight; missing: hidden.bias; ")
        .hasMessageContaining(
            "does not fit: output.weight: it is F32 [3, 2], here it needs F32 [2, 8]");
    assertThat(TorchParameters.of(net).list().getFirst().value().toDoubles()).isEqualTo(before);
    LoadReport report =
        ModuleTensors.load(net, tensors, LoadOptions.lenient().rename("output\\.(.*)", "other.$1"));
    assertThat(report.loaded()).isEmpty();
    assertThat(report.extra()).containsExactly("other.weight", "other.bias");
  }

  @Test
  void libtorchsRandomNumbersGoOnFromAState() {
    torch.manual_seed(3);
    torch.rand(7);
    byte[] state = Libtorch.randomState();
    double expected = torch.rand(1).item_double();
    torch.manual_seed(4);
    Libtorch.randomState(state);
    assertThat(torch.rand(1).item_double()).isEqualTo(expected);
    assertThatThrownBy(() -> Libtorch.randomState(new byte[3]))
        .hasMessageContaining("bytes, got 3; it was saved by another version");
  }

  @Test
  void gradientsOfZerosAreThereAgainWhereTheyWere() {
    EmbeddingOptions options = new EmbeddingOptions(4, 2);
    options.sparse().put(true);
    EmbeddingImpl table = new EmbeddingImpl(options);
    LinearImpl used = new LinearImpl(2, 1);
    LinearImpl unused = new LinearImpl(2, 1);
    Module net = new Module();
    net.register_module("table", table);
    net.register_module("used", used);
    net.register_module("unused", unused);
    used.forward(table.forward(torch.tensor(new long[] {1, 2}))).sum().backward();
    Map<String, Boolean> gradients = ModuleTensors.gradients(net);
    assertThat(gradients)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("table.weight", true, "used.weight", false, "used.bias", false));
    unused.forward(torch.rand(1, 2)).sum().backward();
    ModuleTensors.gradients(net, gradients);
    assertThat(ModuleTensors.gradients(net)).isEqualTo(gradients);
    assertThat(used.weight().grad().abs().sum().item_double()).isZero();
  }

  @Test
  void aFeedGoesOnInTheMiddleOfAnEpoch() {
    try (Feed feed = new Feed(samples(), new Batching.Mini(16), 11)) {
      List<Integer> all = new ArrayList<>();
      feed.epoch(2).forEach(batch -> all.add(batch.features().sum().item_float() > 0 ? 1 : 0));
      List<Integer> rest = new ArrayList<>();
      feed.epoch(2, 4).forEach(batch -> rest.add(batch.features().sum().item_float() > 0 ? 1 : 0));
      assertThat(rest).isEqualTo(all.subList(4, all.size()));
      assertThat(feed.epoch(2, feed.steps())).isEmpty();
      assertThatThrownBy(() -> feed.epoch(2, 7)).hasMessageContaining("cannot have been seen");
    }
    assertThat(Files.exists(folder)).isTrue();
  }
}
