package thalweg.parity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import thalweg.checkpoint.pytorch.PyTorch;
import thalweg.execute.Backends;
import thalweg.memory.NumberType;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.OptimizerState;
import thalweg.parity.PyTorchRecording.Recorded;

/** What PyTorch has saved is taken over to the last bit, and the run goes on where PyTorch went. */
class PyTorchCheckpointTest {
  /** Relative to max(1, |value|), where one side rounds to float32: ten units in the last place. */
  private static final double FLOAT32_ERROR = 1e-6;

  /** Where both are float64. */
  private static final double FLOAT64_ERROR = 1e-15;

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
            "sgd", "adam", "adamw", "adamax", "nadam", "radam", "adagrad", "adadelta", "rmsprop",
            "rprop", "asgd", "sparse_adam", "adafactor");
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
                  .containsExactly(numbers(
                          entry.getValue(),
                          recording.isFloat32()
                              || state.tensor(key).type() == NumberType.FLOAT32));
              compared++;
            }
          }
        }
      }
      assertThat(compared).isGreaterThanOrEqualTo(recording.name().equals("sgd") ? 0 : 2);
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
}
