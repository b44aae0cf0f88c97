package thalweg.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import thalweg.execute.Backends;
import thalweg.formula.Transformation;
import thalweg.memory.Buffer;
import thalweg.memory.NumberType;
import thalweg.optimizer.ArrayParameter;
import thalweg.optimizer.FiniteSum;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.OptimizerState;
import thalweg.optimizer.Parameter;
import thalweg.optimizer.Parameters;

/** Parameters led through seeded gradients by one backend. */
final class Run implements AutoCloseable {
  /** Where values and gradients lie. */
  enum Memory {
    NATIVE,
    ARRAYS,
    DOUBLES
  }

  private final Gradients gradients;
  private final List<Parameter> parameters = new ArrayList<>();
  private final Optimizer optimizer;

  private Run(
      Transformation rule,
      String backend,
      Memory memory,
      Gradients gradients,
      int threads,
      List<List<Long>> shapes,
      List<float[]> starts) {
    this.gradients = gradients;
    for (int p = 0; p < starts.size(); p++) {
      parameters.add(parameter("p" + p, shapes.get(p), starts.get(p), memory));
    }
    optimizer =
        Optimizer.over(Parameters.of(parameters))
            .otherwise(rule)
            .backend(backend)
            .threads(threads)
            .build();
  }

  /** One thread; float32 in native memory, or float64 for the reference. */
  static Run of(Transformation rule, String backend, Gradients gradients, int... lengths) {
    Memory memory = backend.equals(Backends.REFERENCE) ? Memory.DOUBLES : Memory.NATIVE;
    return of(rule, backend, memory, gradients, 1, lengths);
  }

  static Run of(
      Transformation rule,
      String backend,
      Memory memory,
      Gradients gradients,
      int threads,
      int... lengths) {
    return shaped(rule, backend, memory, gradients, threads, vectors(lengths));
  }

  /** With parameters of shapes. */
  static Run shaped(
      Transformation rule,
      String backend,
      Memory memory,
      Gradients gradients,
      int threads,
      List<List<Long>> shapes) {
    List<float[]> starts = new ArrayList<>();
    for (List<Long> shape : shapes) {
      long length = shape.stream().reduce(1L, Math::multiplyExact);
      starts.add(Gradients.start(Math.toIntExact(length), starts.size()));
    }
    return new Run(rule, backend, memory, gradients, threads, shapes, starts);
  }

  /** One thread; float32 in native memory, or float64 for the reference. */
  static Run shaped(
      Transformation rule, String backend, Gradients gradients, List<List<Long>> shapes) {
    Memory memory = backend.equals(Backends.REFERENCE) ? Memory.DOUBLES : Memory.NATIVE;
    return shaped(rule, backend, memory, gradients, 1, shapes);
  }

  private static List<List<Long>> vectors(int... lengths) {
    return Arrays.stream(lengths).mapToObj(length -> List.of((long) length)).toList();
  }

  /** Of given start values; gradients are set by {@link #step(float[]...)}. */
  static Run from(Transformation rule, String backend, float[]... starts) {
    int[] lengths = Arrays.stream(starts).mapToInt(start -> start.length).toArray();
    return new Run(
        rule, backend, Memory.NATIVE, Gradients.TAME, 1, vectors(lengths), List.of(starts));
  }

  /** The float32 backends that run here, {@code block} among them. */
  static List<String> backends() {
    List<String> names =
        Backends.all().stream()
            .filter(backend -> backend.unavailable().isEmpty())
            .map(backend -> backend.name())
            .toList();
    assertThat(names).as("float32 backends that run here").contains("block", "vector");
    return names;
  }

  private static Parameter parameter(String name, List<Long> shape, float[] start, Memory memory) {
    Buffer value =
        switch (memory) {
          case NATIVE -> Buffer.allocate(start.length, NumberType.FLOAT32);
          case ARRAYS -> Buffer.of(new float[start.length]);
          case DOUBLES -> Buffer.of(new double[start.length]);
        };
    Buffer gradient =
        switch (memory) {
          case NATIVE -> Buffer.allocate(start.length, NumberType.FLOAT32);
          case ARRAYS -> Buffer.of(new float[start.length]);
          case DOUBLES -> Buffer.of(new double[start.length]);
        };
    write(value, start);
    return new ArrayParameter(name, shape, value, gradient);
  }

  private static void write(Buffer to, float[] values) {
    for (int i = 0; i < values.length; i++) {
      to.set(i, values[i]);
    }
  }

  Optimizer optimizer() {
    return optimizer;
  }

  /** A loss whose gradients are what lies in memory already, whatever is asked. */
  private static final FiniteSum GIVEN =
      new FiniteSum() {
        @Override
        public int size() {
          return 2;
        }

        @Override
        public double gradient(int... terms) {
          return 0;
        }
      };

  private static final int[] TERM = {1};

  /** One update, given what the rule needs; the gradients are the same wherever it asks. */
  static void step(Optimizer optimizer) {
    switch (optimizer.needs()) {
      case GRADIENTS -> optimizer.step();
      case CLOSURE -> optimizer.step(() -> 0);
      case TERMS -> optimizer.step(GIVEN, TERM);
    }
  }

  /** Makes updates {@code first} to {@code last} with the seeded gradients. */
  Run steps(int first, int last) {
    for (int step = first; step <= last; step++) {
      for (int p = 0; p < parameters.size(); p++) {
        float[] gradient = new float[Math.toIntExact(parameters.get(p).length())];
        gradients.fill(gradient, p, step);
        write(Objects.requireNonNull(parameters.get(p).gradient()), gradient);
      }
      step(optimizer);
    }
    return this;
  }

  /** One update with these gradients. */
  Run step(float[]... given) {
    for (int p = 0; p < parameters.size(); p++) {
      write(Objects.requireNonNull(parameters.get(p).gradient()), given[p]);
    }
    step(optimizer);
    return this;
  }

  double[] values(int parameter) {
    return parameters.get(parameter).value().toDoubles();
  }

  /** Every parameter and every state, by name. */
  Map<String, double[]> everything() {
    OptimizerState state = optimizer.state();
    Map<String, double[]> all = new TreeMap<>(state.toDoubles());
    for (Parameter parameter : parameters) {
      all.put(parameter.name(), parameter.value().toDoubles());
    }
    return all;
  }

  /** Goes on from where another one stands, in another optimizer, by way of a file. */
  void resume(Run other) {
    for (int p = 0; p < parameters.size(); p++) {
      parameters.get(p).value().copyFrom(other.parameters.get(p).value());
    }
    try {
      Path file = Files.createTempFile("run", ".safetensors");
      other.optimizer.save(file);
      optimizer.load(OptimizerState.load(file));
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same bits everywhere; all NaN are one. */
  static void assertSameBits(
      String what, Map<String, double[]> actual, Map<String, double[]> expected) {
    assertThat(actual.keySet()).as(what).isEqualTo(expected.keySet());
    expected.forEach((name, values) ->
        assertSameBits(what + " " + name, Objects.requireNonNull(actual.get(name)), values));
  }

  static void assertSameBits(String what, double[] actual, double[] expected) {
    assertThat(actual).as(what).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      // widened from float32 one to one; doubleToLongBits makes all NaN one
      if (Double.doubleToLongBits(actual[i]) != Double.doubleToLongBits(expected[i])) {
        assertThat(actual[i]).as(what + "[" + i + "] of " + expected.length).isEqualTo(expected[i]);
        throw new AssertionError(what + "[" + i + "]: zeros of different sign");
      }
    }
  }

  @Override
  public void close() {
    optimizer.close();
  }
}
