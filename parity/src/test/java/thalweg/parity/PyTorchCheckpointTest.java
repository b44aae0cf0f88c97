package thalweg.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import thalweg.checkpoint.CheckpointException;
import thalweg.checkpoint.pytorch.PyTorch;
import thalweg.checkpoint.pytorch.TorchOptimizerState;
import thalweg.checkpoint.pytorch.TorchTensor;
import thalweg.execute.Backends;
import thalweg.formula.Chain;
import thalweg.formula.Transformation;
import thalweg.memory.NumberType;
import thalweg.optimizer.ArrayParameter;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.OptimizerState;
import thalweg.optimizer.Parameter;
import thalweg.optimizer.Parameters;
import thalweg.optimizer.Storage;
import thalweg.parity.PyTorchRecording.Recorded;
import thalweg.rules.Adam;
import thalweg.rules.AdamW;
import thalweg.rules.Lion;
import thalweg.rules.Sgd;
import thalweg.schedule.Exponential;
import thalweg.text.Catalogue;
import thalweg.text.CatalogueEntry;
import thalweg.transforms.ClipByGlobalNorm;
import thalweg.transforms.EpsPlacement;
import thalweg.transforms.Lookahead;

/** What PyTorch has saved is taken over to the last bit, and the run goes on where PyTorch went. */
class PyTorchCheckpointTest {
  /** Relative to max(1, |value|), where one side rounds to float32: ten units in the last place. */
  private static final double FLOAT32_ERROR = 1e-6;

  /** Where both are float64. */
  private static final double FLOAT64_ERROR = 1e-15;

  @TempDir Path folder;

  static Stream<Arguments> cases() throws IOException {
    List<String> backends =
        Stream.concat(Stream.of(Backends.REFERENCE), Run.backends().stream()).distinct().toList();
    return PyTorchRecording.all().stream()
        .flatMap(recording -> backends.stream().map(backend -> Arguments.of(recording, backend)));
  }

  @Test
  void everyOptimizerOfTorchIsRecorded() throws IOException {
    assertThat(PyTorchRecording.all().stream().map(PyTorchRecording::rule).distinct())
        .containsExactlyInAnyOrder(
            "sgd",
            "adam",
            "adamw",
            "adamax",
            "nadam",
            "radam",
            "adagrad",
            "adadelta",
            "rmsprop",
            "rprop",
            "asgd",
            "sparse_adam",
            "adafactor");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theRunGoesOnWherePyTorchWent(PyTorchRecording recording, String backend) {
    Map<String, Recorded> parameters = recording.parameters(PyTorchRecording.type(backend));
    try (Optimizer optimizer = recording.optimizer(parameters, backend)) {
      optimizer.load(PyTorch.read(recording.file(), optimizer));
      double error = recording.walk(parameters, optimizer);
      boolean exact = !recording.isFloat32() && backend.equals(Backends.REFERENCE);
      assertThat(error).isLessThanOrEqualTo(exact ? FLOAT64_ERROR : FLOAT32_ERROR);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theStatesAreTheFilesToTheLastBit(PyTorchRecording recording, String backend) {
    Map<String, Recorded> parameters = recording.parameters(PyTorchRecording.type(backend));
    try (Optimizer optimizer = recording.optimizer(parameters, backend)) {
      optimizer.load(PyTorch.read(recording.file(), optimizer));
      OptimizerState state = optimizer.state();
      int compared = 0;
      for (int g = 0; g < recording.groups().size(); g++) {
        String group = optimizer.groups().get(g).name();
        for (String name : recording.groups().get(g)) {
          JsonNode recorded = recording.json().path("state").path(name);
          long expected =
              recording.rule().equals("sgd")
                  ? recorded.has("momentum_buffer") ? 1 : 0
                  : recorded.path("step").path(0).asLong();
          assertThat(state.updates()).containsEntry(group + "/" + name, expected);
          for (var entry : recorded.properties()) {
            if (!entry.getKey().equals("step")) {
              String key =
                  "%s/%s/%s/%s"
                      .formatted(
                          group,
                          recording.rule(),
                          entry.getKey().equals("variance") ? "col_var" : entry.getKey(),
                          name);
              assertThat(state.tensor(key).toDoubles())
                  .as(key)
                  .containsExactly(
                      numbers(
                          entry.getValue(),
                          recording.isFloat32() || state.tensor(key).type() == NumberType.FLOAT32));
              compared++;
            }
          }
        }
      }
      assertThat(compared)
          .isGreaterThanOrEqualTo(Set.of("sgd", "sgd_older").contains(recording.name()) ? 0 : 2);
    }
  }

  /** Exactly, and as float32 where the backend keeps float32. */
  private static double[] numbers(JsonNode values, boolean float32) {
    double[] numbers = new double[values.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = PyTorchRecording.number(values.path(i), float32);
    }
    return numbers;
  }

  static List<PyTorchRecording> recordings() throws IOException {
    return PyTorchRecording.all();
  }

  /** Those that the recorded version of PyTorch wrote as it does, not as older ones did. */
  static List<PyTorchRecording> todays() throws IOException {
    return recordings().stream().filter(each -> !each.name().endsWith("_older")).toList();
  }

  @ParameterizedTest
  @MethodSource("todays")
  void whatIsWrittenHasTheKeysTypesAndNumbersOfPyTorchsOwn(PyTorchRecording recording) {
    Path written = folder.resolve("written.pt");
    String backend = recording.isFloat32() ? "block" : Backends.REFERENCE;
    Map<String, Recorded> parameters = recording.parameters(PyTorchRecording.type(backend));
    try (Optimizer optimizer = recording.optimizer(parameters, backend)) {
      optimizer.load(PyTorch.read(recording.file(), optimizer));
      PyTorch.write(optimizer, written);
    }
    TorchOptimizerState theirs = PyTorch.read(recording.file());
    TorchOptimizerState ours = PyTorch.read(written);
    assertThat(ours.groups()).hasSameSizeAs(theirs.groups());
    for (int g = 0; g < theirs.groups().size(); g++) {
      TorchOptimizerState.Group their = theirs.groups().get(g);
      TorchOptimizerState.Group our = ours.groups().get(g);
      assertThat(our.options().keySet()).isEqualTo(without("initial_lr", their.options().keySet()));
      for (String option : our.options().keySet()) {
        if (!option.equals("foreach")) {
          assertThat(number(our.options().get(option)))
              .as(option)
              .isEqualTo(number(their.options().get(option)));
        }
      }
      assertThat(our.parameters()).hasSameSizeAs(their.parameters());
      for (int i = 0; i < their.parameters().size(); i++) {
        TorchOptimizerState.Entry entry = our.parameters().get(i);
        assertThat(entry.index()).isEqualTo(their.parameters().get(i).index());
        assertThat(entry.name()).contains(recording.groups().get(g).get(i));
        Map<String, TorchTensor> wanted = their.parameters().get(i).state();
        assertThat(entry.state().keySet()).containsExactlyInAnyOrderElementsOf(wanted.keySet());
        wanted.forEach((key, tensor) -> {
          TorchTensor own = Objects.requireNonNull(entry.state().get(key));
          assertThat(own.toString()).as(key).isEqualTo(tensor.toString());
          assertThat(own.toDoubles()).as(key).containsExactly(tensor.toDoubles());
        });
      }
    }
  }

  private static Set<String> without(String option, Set<String> options) {
    Set<String> rest = new LinkedHashSet<>(options);
    rest.remove(option);
    return rest;
  }

  /** Python's 0 and 0.0 are one; Adafactor's None is the machine epsilon of float32. */
  private static Object number(@Nullable Object option) {
    return switch (option) {
      case Number number -> number.doubleValue();
      case List<?> items ->
          items.stream()
              .map(item ->
                  item.equals(Optional.empty()) ? (Object) (double) Math.ulp(1f) : number(item))
              .toList();
      case null -> "absent";
      default -> option;
    };
  }

  /**
   * Leaves files for parity/pytorch/check_written.py, which has PyTorch go on from them: our state
   * five updates behind the recorded one, and where we went from there.
   */
  @ParameterizedTest
  @MethodSource("recordings")
  void whatIsWrittenAfterFurtherUpdatesIsReadBackAndGoesOnEqually(PyTorchRecording recording)
      throws IOException {
    Path target =
        Files.createDirectories(
            Path.of(System.getProperty("basedir", ".")).resolve("target/pytorch"));
    Path written = target.resolve(recording + ".pt");
    Path exported = target.resolve(recording + ".safetensors");
    Path model = target.resolve(recording + ".model.pt");
    int at = recording.stepsBefore() + 5;
    Map<String, Recorded> parameters = recording.parameters(NumberType.FLOAT32);
    Map<String, Recorded> others = recording.parameters(NumberType.FLOAT32);
    try (Optimizer optimizer = recording.optimizer(parameters, "block");
        Optimizer other = recording.optimizer(others, "block")) {
      optimizer.load(PyTorch.read(recording.file(), optimizer));
      for (int step = recording.stepsBefore() + 1; step <= at; step++) {
        PyTorchRecording.update(parameters, optimizer, step);
      }
      PyTorch.write(optimizer, written);
      PyTorch.write(optimizer, exported);
      PyTorch.write(Parameters.of(List.copyOf(parameters.values())), model);

      assertThat(PyTorch.load(model, Parameters.of(List.copyOf(others.values())))).isEmpty();
      other.load(PyTorch.read(exported, other));
      OptimizerState fromExport = other.state();
      other.load(PyTorch.read(written, other));
      assertThat(other.state()).isEqualTo(fromExport);

      Map<String, List<double[]>> values = new LinkedHashMap<>();
      for (int step = at + 1; step <= at + 15; step++) {
        PyTorchRecording.update(parameters, optimizer, step);
        PyTorchRecording.update(others, other, step);
        for (Recorded parameter : parameters.values()) {
          double[] now = parameter.value().toDoubles();
          values.computeIfAbsent(parameter.name(), _ -> new ArrayList<>()).add(now);
          Recorded twin = Objects.requireNonNull(others.get(parameter.name()));
          double[] then = twin.value().toDoubles();
          for (int i = 0; i < now.length; i++) {
            // t, and what PyTorch keeps in float32 where we have float64, are rounded on the way
            assertThat(then[i]).isCloseTo(now[i], within(1e-6 * Math.max(1, Math.abs(now[i]))));
          }
        }
      }
      new ObjectMapper()
          .writeValue(
              target.resolve(recording + ".json").toFile(),
              Map.of(
                  "optimizer",
                  recording.rule(),
                  "groups",
                  recording.groups(),
                  "steps_before",
                  at,
                  "values",
                  values));
    }
  }

  @Test
  void aSafetensorsExportIsTheSameState() {
    for (String name : List.of("adamw", "adam_amsgrad")) {
      PyTorchRecording recording = PyTorchRecording.of(name);
      Path export = PyTorchRecording.FOLDER.resolve(name + "_export.safetensors");
      Map<String, Recorded> parameters = recording.parameters(NumberType.FLOAT32);
      try (Optimizer optimizer = recording.optimizer(parameters, "block")) {
        assertThat(PyTorch.read(export, optimizer))
            .isEqualTo(PyTorch.read(recording.file(), optimizer));
      }
    }
  }

  @Test
  void aModelsTensorsAreCopiedToTheParametersOfTheirNames() {
    PyTorchRecording recording = PyTorchRecording.of("adamw");
    Map<String, Recorded> parameters = recording.parameters(NumberType.FLOAT32);
    Map<String, double[]> recorded = new LinkedHashMap<>();
    parameters.forEach((name, parameter) -> {
      recorded.put(name, parameter.value().toDoubles());
      parameter.value().fill(0);
    });
    Parameters all = Parameters.of(List.copyOf(parameters.values()));
    // the model has a buffer of this name
    assertThat(PyTorch.load(recording.file(), all)).containsExactly("batches");
    recorded.forEach((name, values) ->
        assertThat(Objects.requireNonNull(parameters.get(name)).value().toDoubles())
            .containsExactly(values));
  }

  @Test
  void parametersAreFoundByNameInAnyOrderAndUnderOtherNames() {
    PyTorchRecording recording = PyTorchRecording.of("adamw");
    Map<String, Recorded> parameters = recording.parameters(NumberType.FLOAT32);
    List<Parameter> other = new ArrayList<>();
    for (Recorded each : List.copyOf(parameters.values()).reversed()) {
      other.add(
          ArrayParameter.allocate(
              each.name().replace("encoder.0", "backbone.layers"),
              NumberType.FLOAT32,
              each.shape().stream().mapToLong(Long::longValue).toArray()));
    }
    Set<String> second = Set.of("backbone.layers.bias", "scale", "late");
    try (Optimizer optimizer =
        Optimizer.over(Parameters.of(other))
            .group("vectors", p -> second.contains(p.name()), AdamW.lr(1))
            .group("matrices", _ -> true, AdamW.lr(1))
            .build()) {
      TorchOptimizerState renamed =
          PyTorch.read(recording.file()).rename("encoder\\.0\\.(.*)", "backbone.layers.$1");
      optimizer.load(renamed.toState(optimizer));
      assertThat(optimizer.group("vectors").get("lr")).isEqualTo(0.003);
      assertThat(optimizer.group("matrices").get("weight_decay")).isEqualTo(0.1);
      assertThat(
              optimizer.state().tensor("matrices/adamw/exp_avg/backbone.layers.weight").toDoubles())
          .containsExactly(
              numbers(
                  recording.json().path("state").path("encoder.0.weight").path("exp_avg"), true));
    }
  }

  @Test
  void aChainAroundOneOfPyTorchsOptimizersTakesItsState() {
    PyTorchRecording recording = PyTorchRecording.of("adamw");
    Map<String, Recorded> parameters = recording.parameters(NumberType.FLOAT32);
    try (Optimizer optimizer =
        chained(recording, parameters, Chain.of(new ClipByGlobalNorm(1), AdamW.lr(1)))) {
      optimizer.load(PyTorch.read(recording.file(), optimizer));
      assertThat(optimizer.group("a").get("adamw.lr")).isEqualTo(0.003);
      assertThat(optimizer.group("b").get("adamw.lr")).isEqualTo(0.01);
      assertThat(optimizer.state().updates()).containsEntry("a/scale", 7L);
    }
    try (Optimizer optimizer =
        chained(recording, parameters, Chain.of(AdamW.lr(1), new Lookahead(5, 0.5)))) {
      refused(
          () -> PyTorch.read(recording.file(), optimizer),
          "the chain of group 'a' also remembers lookahead/slow_buffer, which is not in it");
      refused(
          () -> PyTorch.write(optimizer, folder.resolve("x.pt")),
          "PyTorch cannot go on with this optimizer: the chain of group 'a' also remembers"
              + " lookahead/slow_buffer");
      assertThat(folder.resolve("x.pt")).doesNotExist();
    }
  }

  private static Optimizer chained(
      PyTorchRecording recording, Map<String, Recorded> parameters, Transformation chain) {
    Set<String> first = Set.copyOf(recording.groups().get(1));
    return Optimizer.over(Parameters.of(List.copyOf(parameters.values())))
        .group("a", p -> first.contains(p.name()), chain)
        .group("b", _ -> true, chain)
        .backend("block")
        .build();
  }

  private static void refused(ThrowableAssert.ThrowingCallable what, String... messages) {
    assertThatThrownBy(what)
        .isInstanceOf(CheckpointException.class)
        .message()
        .contains(messages)
        .doesNotContain("\n");
  }

  @Test
  void everyOtherOptimizersStateIsRefusedByItsName() throws IOException {
    int refused = 0;
    for (PyTorchRecording recording : recordings()) {
      for (CatalogueEntry entry : Catalogue.entries()) {
        boolean fits =
            entry.id().equals(recording.rule())
                || Set.of("adam_decoupled", "adam_older").contains(recording.name())
                    && entry.id().equals("adamw") // older files do not tell them apart
                || recording.rule().equals("adamw") && entry.id().equals("adam");
        if (fits
            || entry.kind() != CatalogueEntry.Kind.OPTIMIZER
            || recording.rule().equals("sparse_adam")) {
          continue;
        }
        Map<String, Recorded> parameters = recording.parameters(NumberType.FLOAT32);
        try (Optimizer optimizer = recording.optimizer(parameters, "block", entry.id())) {
          assertThatThrownBy(() -> PyTorch.read(recording.file(), optimizer))
              .as("%s into %s", recording, entry.id())
              .isInstanceOf(CheckpointException.class)
              .hasMessageContaining(" does not fit the optimizer: ")
              .hasMessageContaining(entry.id());
          refused++;
        }
      }
    }
    assertThat(refused).isGreaterThan(500);
  }

  @Test
  void adamsStateForSgdIsSaidInOneLine() {
    PyTorchRecording recording = PyTorchRecording.of("adam");
    Map<String, Recorded> parameters = recording.parameters(NumberType.FLOAT32);
    try (Optimizer optimizer = recording.optimizer(parameters, "block", "sgd")) {
      refused(
          () -> PyTorch.read(recording.file(), optimizer),
          "adam.pt does not fit the optimizer: it holds the state of torch.optim.Adam (here adam),"
              + " group 'group 0' is sgd: there it has no momentum, dampening, nesterov; options"
              + " betas, eps, amsgrad",
          "states step, exp_avg, exp_avg_sq");
      assertThat(optimizer.state().updates()).containsEntry("group 0/decoder.weight", 0L);
    }
  }

  @Test
  void adamwTakesItsOwnStateAndAdamEither() {
    Map<String, Recorded> parameters = PyTorchRecording.of("adam").parameters(NumberType.FLOAT32);
    PyTorchRecording adam = PyTorchRecording.of("adam");
    try (Optimizer optimizer = adam.optimizer(parameters, "block", "adamw")) {
      refused(
          () -> PyTorch.read(adam.file(), optimizer),
          "torch.optim.Adam (here adam)",
          "decoupled_weight_decay=False");
      optimizer.load(PyTorch.read(PyTorchRecording.of("adam_decoupled").file(), optimizer));
    }
    try (Optimizer optimizer = adam.optimizer(parameters, "block", "adam")) {
      optimizer.load(PyTorch.read(PyTorchRecording.of("adamw").file(), optimizer));
      assertThat(optimizer.groups().get(0).get("decoupled_weight_decay")).isEqualTo(true);
    }
  }

  @Test
  void groupsAndParametersThatDifferAreAllNamed() {
    PyTorchRecording positional = PyTorchRecording.of("adam_decoupled");
    PyTorchRecording named = PyTorchRecording.of("adamw");
    Map<String, Recorded> parameters = named.parameters(NumberType.FLOAT32);
    List<Recorded> all = List.copyOf(parameters.values());
    try (Optimizer one =
        Optimizer.over(Parameters.of(all)).otherwise(AdamW.lr(1)).backend("block").build()) {
      refused(
          () -> PyTorch.read(positional.file(), one),
          "it has 2 param_groups, the optimizer 1 groups (default); without names they must be the"
              + " same in the same order");
      refused(
          () -> PyTorch.read(named.file(), one),
          "the parameters of group 'default' are in several param_groups (0, 1)");
    }
    Parameter more = ArrayParameter.allocate("more", NumberType.FLOAT32, 2);
    List<Parameter> others =
        List.of(all.get(0), ArrayParameter.allocate("scale", NumberType.FLOAT32, 3), more);
    try (Optimizer other =
        Optimizer.over(Parameters.of(others))
            .group("first", p -> p.name().startsWith("encoder"), AdamW.lr(1))
            .otherwise(AdamW.lr(1))
            .backend("block")
            .build()) {
      refused(
          () -> PyTorch.read(named.file(), other),
          "parameter 'more' is not in it",
          "parameter 'decoder.weight' is not known here",
          "parameter 'encoder.0.bias' is not known here",
          "parameter 'late' is not known here");
      refused(
          () -> PyTorch.read(positional.file(), other),
          "param_groups[0] has 2 parameters, group 'first' has 1",
          "param_groups[1] has 3 parameters, group 'default' has 2");
    }
    List<Parameter> shaped = new ArrayList<>(all);
    shaped.set(3, ArrayParameter.allocate("scale", NumberType.FLOAT32, 3));
    try (Optimizer other = chained(shaped)) {
      refused(
          () -> PyTorch.read(named.file(), other),
          "exp_avg of parameter 'scale' (3 in it) has shape [], here it needs [3]",
          "exp_avg_sq of parameter 'scale' (3 in it) has shape []");
    }
  }

  private static Optimizer chained(List<Parameter> parameters) {
    Set<String> second = Set.of("encoder.0.bias", "scale", "late");
    return Optimizer.over(Parameters.of(parameters))
        .group("matrices", p -> !second.contains(p.name()), AdamW.lr(1))
        .otherwise(AdamW.lr(1))
        .backend("block")
        .build();
  }

  @Test
  void aDialectThatPyTorchHasNotIsNotWritten() {
    ArrayParameter p = ArrayParameter.allocate("p", NumberType.FLOAT32, 2);
    try (Optimizer optimizer =
        Optimizer.of(Adam.lr(0.1).epsPlacement(EpsPlacement.INSIDE), Parameters.of(p))) {
      refused(
          () -> PyTorch.write(optimizer, folder.resolve("x.pt")),
          "eps_placement=inside of group 'default' is not in torch.optim.Adam, which has outside");
    }
    try (Optimizer optimizer = Optimizer.of(Lion.lr(0.1), Parameters.of(p))) {
      refused(
          () -> PyTorch.write(optimizer, folder.resolve("x.pt")),
          "group 'default' is lion, which torch.optim does not have");
    }
  }

  @Test
  void shortStatesAndMastersTakePyTorchsState() {
    PyTorchRecording recording = PyTorchRecording.of("adamw");
    for (NumberType states : List.of(NumberType.BFLOAT16, NumberType.FLOAT8)) {
      Map<String, Recorded> parameters = recording.parameters(NumberType.BFLOAT16);
      Set<String> first = Set.copyOf(recording.groups().get(0));
      try (Optimizer optimizer =
          Optimizer.over(Parameters.of(List.copyOf(parameters.values())))
              .group("a", p -> first.contains(p.name()), AdamW.lr(1))
              .otherwise(AdamW.lr(1))
              .storage(new Storage(states, true, 0))
              .build()) {
        optimizer.load(PyTorch.read(recording.file(), optimizer));
        Path written = folder.resolve(states + ".pt");
        PyTorch.write(optimizer, written);
        TorchTensor mean =
            Objects.requireNonNull(
                PyTorch.read(written).groups().get(0).parameters().get(0).state().get("exp_avg"));
        JsonNode recorded = recording.json().path("state").path("encoder.0.weight").path("exp_avg");
        double largest = 0;
        for (JsonNode value : recorded) {
          largest = Math.max(largest, Math.abs(value.doubleValue()));
        }
        // half a step: bfloat16 has 7 bits after the point, 8 bits have 3, and with signs end 2^-15
        // below the largest of a block
        boolean eight = states == NumberType.FLOAT8;
        for (int i = 0; i < recorded.size(); i++) {
          double exact = recorded.path(i).doubleValue();
          double bound = Math.abs(exact) * (eight ? 0x1p-4 : 0x1p-8);
          assertThat(mean.toDoubles()[i])
              .isCloseTo(exact, within(eight ? bound + largest * 0x1p-15 : bound));
        }
      }
    }
  }

  @Test
  void aScheduleGoesOnAtTheFilesCountOfUpdates() {
    PyTorchRecording recording = PyTorchRecording.of("adamw");
    Map<String, Recorded> parameters = recording.parameters(NumberType.FLOAT32);
    Transformation falling = AdamW.lr(1).scheduled("lr", new Exponential(0.5));
    try (Optimizer optimizer = chained(recording, parameters, falling)) {
      optimizer.load(PyTorch.read(recording.file(), optimizer));
      // seven updates lie behind: 1 · 0.5⁷; what follows no schedule is the file's
      assertThat(optimizer.group("b").get("lr")).isEqualTo(Math.pow(0.5, 7));
      assertThat(optimizer.group("b").get("weight_decay")).isEqualTo(0.1);
      PyTorch.write(optimizer, folder.resolve("falling.pt"));
    }
    assertThat(PyTorch.read(folder.resolve("falling.pt")).groups().get(0).options())
        .containsEntry("lr", Math.pow(0.5, 7));
  }

  @Test
  void sgdIsToldHowManyUpdatesItHasMade() {
    PyTorchRecording recording = PyTorchRecording.of("sgd_momentum");
    Map<String, Recorded> parameters = recording.parameters(NumberType.FLOAT32);
    Transformation falling = Sgd.lr(1).momentum(0.5).scheduled("lr", new Exponential(0.5));
    Set<String> second = Set.copyOf(recording.groups().get(1));
    try (Optimizer optimizer =
        Optimizer.over(Parameters.of(List.copyOf(parameters.values())))
            .group("a", p -> !second.contains(p.name()), falling)
            .otherwise(falling)
            .backend("block")
            .build()) {
      assertThatThrownBy(() -> PyTorch.read(recording.file(), optimizer))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining(
              "torch.optim.SGD counts no updates, which the schedule of group 'a' goes by; say how"
                  + " many with toState(optimizer, updates)");
      optimizer.load(PyTorch.read(recording.file()).toState(optimizer, 5));
      assertThat(optimizer.group("a").get("lr")).isEqualTo(Math.pow(0.5, 5));
      assertThat(optimizer.group("a").get("momentum")).isEqualTo(0.9);
      assertThat(optimizer.state().updates())
          .containsEntry("a/decoder.weight", 5L)
          .containsEntry("default/late", 0L);
    }
  }
}
