package thalweg.parity;

import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import thalweg.formula.Transformation;
import thalweg.memory.Buffer;
import thalweg.optimizer.ArrayParameter;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.OptimizerState;
import thalweg.optimizer.Parameter;
import thalweg.optimizer.Parameters;

/** Parameters of a format led through seeded gradients by one backend. */
final class LowPrecisionRun implements AutoCloseable {
  private final List<Parameter> parameters = new ArrayList<>();
  private final Optimizer optimizer;

  LowPrecisionRun(
      Transformation rule, String backend, Format format, int threads, List<List<Long>> shapes) {
    for (int p = 0; p < shapes.size(); p++) {
      int length = Math.toIntExact(shapes.get(p).stream().reduce(1L, Math::multiplyExact));
      Buffer value = Buffer.allocate(length, format.parameters());
      value.write(0, Gradients.start(length, p), length);
      Buffer gradient = Buffer.allocate(length, format.gradients());
      parameters.add(new ArrayParameter("p" + p, shapes.get(p), value, gradient));
    }
    optimizer =
        Optimizer.over(Parameters.of(parameters))
            .otherwise(rule)
            .backend(backend)
            .threads(threads)
            .storage(format.storage())
            .build();
  }

  static LowPrecisionRun of(Transformation rule, String backend, Format format, int... lengths) {
    return new LowPrecisionRun(
        rule,
        backend,
        format,
        1,
        Arrays.stream(lengths).mapToObj(length -> List.of((long) length)).toList());
  }

  /** Updates with the gradients of these steps. */
  LowPrecisionRun steps(Gradients gradients, int... steps) {
    for (int step : steps) {
      for (int p = 0; p < parameters.size(); p++) {
        float[] gradient = new float[Math.toIntExact(parameters.get(p).length())];
        gradients.fill(gradient, p, step);
        Objects.requireNonNull(parameters.get(p).gradient()).write(0, gradient, gradient.length);
      }
      Run.step(optimizer);
    }
    return this;
  }

  Optimizer optimizer() {
    return optimizer;
  }

  List<Parameter> parameters() {
    return parameters;
  }

  /** Every parameter, master and state, by name; of blocks of 8 bits, codes and scales as well. */
  Map<String, double[]> everything() {
    Map<String, double[]> all = new TreeMap<>();
    optimizer
        .state()
        .tensors()
        .forEach((name, tensor) -> {
          Buffer values = tensor.values();
          all.put(name, values.toDoubles());
          Buffer scales = values.scales();
          if (scales != null) {
            byte[] codes = bytes(values);
            double[] wide = new double[codes.length];
            Arrays.setAll(wide, i -> codes[i]);
            all.put(name + " codes", wide);
            all.put(name + " scales", scales.toDoubles());
          }
        });
    for (Parameter parameter : parameters) {
      all.put(parameter.name(), parameter.value().toDoubles());
    }
    return all;
  }

  /** Goes on from where another one stands, in another optimizer. */
  void resume(LowPrecisionRun other) {
    for (int p = 0; p < parameters.size(); p++) {
      byte[] bytes = bytes(other.parameters.get(p).value());
      Buffer to = parameters.get(p).value();
      for (int i = 0; i < bytes.length; i++) {
        to.segment().set(ValueLayout.JAVA_BYTE, i, bytes[i]);
      }
    }
    OptimizerState state = other.optimizer.state();
    optimizer.load(state);
  }

  private static byte[] bytes(Buffer buffer) {
    return buffer.segment().toArray(ValueLayout.JAVA_BYTE);
  }

  @Override
  public void close() {
    optimizer.close();
  }
}
