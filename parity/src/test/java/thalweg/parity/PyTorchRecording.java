package thalweg.parity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import thalweg.execute.Backends;
import thalweg.memory.Buffer;
import thalweg.memory.NumberType;
import thalweg.memory.SparseRows;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.Parameter;
import thalweg.optimizer.Parameters;
import thalweg.text.Catalogue;

/** A checkpoint that PyTorch has written, with what it holds and where PyTorch went from it. */
record PyTorchRecording(String name, JsonNode json) {
  static final Path FOLDER =
      Path.of(System.getProperty("basedir", ".")).resolve("src/test/resources/pytorch");

  private static final JsonNode GRADIENTS = read(FOLDER.resolve("gradients.json"));

  static List<PyTorchRecording> all() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(".json") && !file.equals("gradients.json"))
          .map(file -> of(file.replace(".json", "")))
          .sorted((a, b) -> a.name().compareTo(b.name()))
          .toList();
    }
  }

  static PyTorchRecording of(String name) {
    JsonNode json = read(FOLDER.resolve(name + ".json"));
    assertThat(json.path("format").asText()).isEqualTo("pytorch-checkpoint/1");
    return new PyTorchRecording(name, json);
  }

  private static JsonNode read(Path file) {
    try {
      return new ObjectMapper().readTree(file.toFile());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  Path file() {
    return FOLDER.resolve(name + ".pt");
  }

  String rule() {
    return json.path("optimizer").asText();
  }

  List<List<String>> groups() {
    List<List<String>> groups = new ArrayList<>();
    for (JsonNode group : json.path("groups")) {
      List<String> names = new ArrayList<>();
      group.forEach(each -> names.add(each.asText()));
      groups.add(names);
    }
    return groups;
  }

  /** A parameter that has a gradient, dense or of rows, or none at times. */
  static final class Recorded implements Parameter {
    private final String name;
    private final List<Long> shape;
    private final Buffer value;
    private final Buffer dense;
    private final @Nullable SparseRows rows;
    private boolean resting = true;

    Recorded(String name, List<Long> shape, NumberType type, boolean sparse) {
      this.name = name;
      this.shape = shape;
      long length = shape.stream().reduce(1L, Math::multiplyExact);
      value = Buffer.allocate(length, type);
      dense = Buffer.allocate(length, type);
      rows = sparse ? SparseRows.empty(shape.getLast(), type) : null;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public List<Long> shape() {
      return shape;
    }

    @Override
    public Buffer value() {
      return value;
    }

    @Override
    public @Nullable Buffer gradient() {
      return resting || rows != null ? null : dense;
    }

    @Override
    public @Nullable SparseRows sparseGradient() {
      return resting ? null : rows;
    }

    void gradient(JsonNode recorded) {
      resting = recorded.isNull();
      if (resting) {
        return;
      }
      if (rows == null) {
        fill(dense, recorded, true);
        return;
      }
      rows.clear();
      int columns = Math.toIntExact(shape.getLast());
      for (int i = 0; i < recorded.path("rows").size(); i++) {
        double[] row = new double[columns];
        for (int j = 0; j < columns; j++) {
          row[j] = number(recorded.path("values").path(i * columns + j), true);
        }
        rows.add(recorded.path("rows").path(i).asInt(), row);
      }
    }
  }

  /** Parameters as they stood when the file was written. */
  Map<String, Recorded> parameters(NumberType type) {
    Map<String, Recorded> parameters = new LinkedHashMap<>();
    for (List<String> group : groups()) {
      for (String each : group) {
        JsonNode recorded = json.path("parameters").path(each);
        List<Long> shape = new ArrayList<>();
        recorded.path("shape").forEach(size -> shape.add(size.asLong()));
        Recorded parameter = new Recorded(each, shape, type, isSparse());
        fill(parameter.value(), recorded.path("values"), isFloat32());
        parameters.put(each, parameter);
      }
    }
    return parameters;
  }

  private boolean isSparse() {
    return rule().equals("sparse_adam");
  }

  /** An optimizer of the recorded kind and groups, with every default, that has had no update. */
  Optimizer optimizer(Map<String, Recorded> parameters, String backend) {
    return optimizer(parameters, backend, rule());
  }

  Optimizer optimizer(Map<String, Recorded> parameters, String backend, String rule) {
    Optimizer.Builder builder =
        Optimizer.over(Parameters.of(List.copyOf(parameters.values()))).backend(backend).threads(1);
    int number = 0;
    for (List<String> group : groups()) {
      Set<String> names = new HashSet<>(group);
      builder.group(
          "group " + number++,
          p -> names.contains(p.name()),
          Catalogue.find(rule).orElseThrow().plain());
    }
    return builder.build();
  }

  static NumberType type(String backend) {
    return backend.equals(Backends.REFERENCE) ? NumberType.FLOAT64 : NumberType.FLOAT32;
  }

  /**
   * Makes the recorded updates from the file on.
   *
   * @return the largest difference from PyTorch's parameters, relative to max(1, |value|)
   */
  double walk(Map<String, Recorded> parameters, Optimizer optimizer) {
    int before = stepsBefore();
    JsonNode at = json.path("expected").path("at");
    double most = 0;
    int checked = 0;
    for (int step = 1; checked < at.size(); step++) {
      for (int g = 0; g < optimizer.groups().size() && json.has("lr"); g++) {
        optimizer.groups().get(g).set("lr", json.path("lr").path(step - 1).path(g).doubleValue());
      }
      update(parameters, optimizer, before + step);
      if (at.path(checked).asInt() == step) {
        for (Parameter parameter : parameters.values()) {
          JsonNode expected =
              json.path("expected").path("values").path(parameter.name()).path(checked);
          assertThat((long) expected.size()).isEqualTo(parameter.length());
          for (int i = 0; i < expected.size(); i++) {
            double wanted = number(expected.path(i), isFloat32());
            double error = Math.abs(parameter.value().get(i) - wanted);
            most = Math.max(most, error / Math.max(1, Math.abs(wanted)));
          }
        }
        checked++;
      }
    }
    assertThat(checked).isEqualTo(5);
    return most;
  }

  /** Updates that PyTorch had made before it wrote the file. */
  int stepsBefore() {
    return json.path("steps_before").asInt();
  }

  /** One update with the recorded gradients; those with none this time rest. */
  static void update(Map<String, Recorded> parameters, Optimizer optimizer, int step) {
    for (Recorded parameter : parameters.values()) {
      parameter.gradient(GRADIENTS.path(parameter.name()).path(step - 1));
    }
    optimizer.step();
  }

  boolean isFloat32() {
    return json.path("source").asText().contains("float32");
  }

  /** Recorded float32 numbers have as many digits as tell them from other float32 numbers. */
  static double number(JsonNode recorded, boolean float32) {
    return float32 ? (float) recorded.doubleValue() : recorded.doubleValue();
  }

  private static void fill(Buffer to, JsonNode values, boolean float32) {
    assertThat((long) values.size()).isEqualTo(to.length());
    for (int i = 0; i < values.size(); i++) {
      to.set(i, number(values.path(i), float32));
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
