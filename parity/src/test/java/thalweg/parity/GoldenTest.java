package thalweg.parity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import thalweg.execute.Backends;
import thalweg.formula.Transformation;
import thalweg.memory.Buffer;
import thalweg.optimizer.ArrayParameter;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.Parameter;
import thalweg.optimizer.Parameters;
import thalweg.text.Catalogue;
import thalweg.text.Specs;

/** Every optimizer walks the paths that the library that owns it has walked. */
class GoldenTest {
  /** On the reference, absolutely. */
  private static final double REFERENCE_ERROR = 1e-10;

  /** On float32 backends, relative to max(1, |value|). */
  private static final double FLOAT32_ERROR = 5e-6;

  private static final Path BASE =
      Path.of(System.getProperty("basedir", ".")).toAbsolutePath().normalize();
  private static final Path OWN = BASE.resolve("src/test/resources/golden/trajectories");
  private static final Path SHARED = BASE.resolve("../../shared/golden/trajectories").normalize();

  /** Our copies, and the shared files of the optimizers there are, where that folder exists. */
  static List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>(json(OWN));
    for (Path shared : json(SHARED)) {
      if (rule(new ObjectMapper().readTree(shared.toFile())).isPresent()) {
        files.add(shared);
      }
    }
    return files;
  }

  private static List<Path> json(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  @Test
  void theFilesAreThere() throws IOException {
    assertThat(json(OWN)).hasSizeGreaterThanOrEqualTo(15);
    assertThat(files()).hasSizeGreaterThanOrEqualTo(json(OWN).size());
  }

  @ParameterizedTest
  @MethodSource("files")
  void theReferenceWalksTheRecordedPath(Path file) throws IOException {
    walk(file, Backends.REFERENCE);
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyFloat32BackendWalksTheRecordedPath(Path file) throws IOException {
    for (String backend : Run.backends()) {
      walk(file, backend);
    }
  }

  /** The optimizer of a file, or nothing if it does not exist here. */
  private static Optional<Transformation> rule(JsonNode file) {
    assertThat(file.path("format").asText()).isEqualTo("trajectory/1");
    List<String> arguments = new ArrayList<>();
    file.path("hyperparameters")
        .properties()
        .forEach(entry -> arguments.add(entry.getKey() + "=" + entry.getValue()));
    String text = file.path("optimizer").asText();
    for (String link : text.split("\\|", -1)) {
      if (Catalogue.find(link.strip().split("\\(", -1)[0]).isEmpty()) {
        return Optional.empty();
      }
    }
    return Optional.of(
        Specs.parse(arguments.isEmpty() ? text : text + "(" + String.join(", ", arguments) + ")"));
  }

  private static void walk(Path path, String backend) throws IOException {
    JsonNode file = new ObjectMapper().readTree(path.toFile());
    Transformation rule = rule(file).orElseThrow();
    boolean exact = backend.equals(Backends.REFERENCE);
    Map<String, Parameter> parameters = new LinkedHashMap<>();
    for (var entry : file.path("parameters").properties()) {
      double[] values = numbers(entry.getValue().path("values"));
      List<Long> shape = new ArrayList<>();
      entry.getValue().path("shape").forEach(size -> shape.add(size.asLong()));
      Buffer value = exact ? Buffer.of(values) : Buffer.of(new float[values.length]);
      Buffer gradient =
          exact ? Buffer.of(new double[values.length]) : Buffer.of(new float[values.length]);
      fill(value, values);
      parameters.put(entry.getKey(), new ArrayParameter(entry.getKey(), shape, value, gradient));
    }
    JsonNode at = file.path("expected").path("at");
    int checked = 0;
    try (Optimizer optimizer =
        Optimizer.over(Parameters.of(List.copyOf(parameters.values())))
            .otherwise(rule)
            .backend(backend)
            .build()) {
      for (int step = 1; step <= file.path("steps").asInt(); step++) {
        for (Parameter parameter : parameters.values()) {
          fill(
              Objects.requireNonNull(parameter.gradient()),
              numbers(file.path("gradients").path(parameter.name()).path(step - 1)));
        }
        optimizer.step();
        if (checked < at.size() && at.path(checked).asInt() == step) {
          for (Parameter parameter : parameters.values()) {
            double[] expected =
                numbers(file.path("expected").path("values").path(parameter.name()).path(checked));
            double[] actual = parameter.value().toDoubles();
            assertThat(actual).hasSameSizeAs(expected);
            for (int i = 0; i < expected.length; i++) {
              double error = Math.abs(actual[i] - expected[i]);
              double bound =
                  exact ? REFERENCE_ERROR : FLOAT32_ERROR * Math.max(1, Math.abs(expected[i]));
              if (!(error <= bound)) {
                throw new AssertionError(
                    "%s on %s: %s[%d] after step %d is %s, recorded %s, error %s"
                        .formatted(
                            path.getFileName(),
                            backend,
                            parameter.name(),
                            i,
                            step,
                            actual[i],
                            expected[i],
                            error));
              }
            }
          }
          checked++;
        }
      }
    }
    assertThat(checked).as("steps compared").isEqualTo(at.size()).isPositive();
  }

  private static void fill(Buffer to, double[] values) {
    assertThat((long) values.length).isEqualTo(to.length());
    for (int i = 0; i < values.length; i++) {
      to.set(i, values[i]);
    }
  }

  private static double[] numbers(JsonNode array) {
    double[] numbers = new double[array.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = array.path(i).doubleValue();
    }
    return numbers;
  }
}
