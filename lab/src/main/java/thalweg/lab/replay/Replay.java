package thalweg.lab.replay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import thalweg.execute.Backend;
import thalweg.execute.Backends;
import thalweg.lab.BadInput;
import thalweg.memory.Buffer;
import thalweg.memory.NumberType;
import thalweg.optimizer.ArrayParameter;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.Parameters;
import thalweg.text.Nearest;

/**
 * One walk along a recorded trajectory on one backend.
 *
 * @param backend the backend's name
 * @param maximumError the largest error at the recorded steps: absolute on the reference backend,
 *     divided by max(1, |value|) on the others; NaN if a value is NaN where none was recorded
 * @param tolerance what the error may be
 * @param step the recorded step of the largest error
 * @param parameter the parameter of the largest error
 * @param path name to the values after every step, 1 to the last
 */
public record Replay(
    Trajectory trajectory,
    String backend,
    double maximumError,
    double tolerance,
    int step,
    String parameter,
    Map<String, List<double[]>> path)
    implements Recorded {
  /** Error allowed in double precision, absolute. */
  public static final double REFERENCE_TOLERANCE = 1e-10;

  /** Error allowed in float32, relative to max(1, |value|). */
  public static final double FLOAT32_TOLERANCE = 5e-6;

  @Override
  public boolean passes() {
    return maximumError <= tolerance;
  }

  @Override
  public String line() {
    return passes()
        ? "PASS %s %s %.1e".formatted(trajectory.file(), backend, maximumError)
        : "FAIL %s %s %.1e (at most %.0e) at step %d of %s"
            .formatted(trajectory.file(), backend, maximumError, tolerance, step, parameter);
  }

  /** The reference and every float32 backend that runs here. */
  public static List<String> backends() {
    List<String> names = new ArrayList<>(List.of(Backends.REFERENCE));
    for (Backend backend : Backends.all().reversed()) {
      if (backend.unavailable().isEmpty()) {
        names.add(backend.name());
      }
    }
    return names;
  }

  /**
   * The backends of a name: the one, or for {@code all} every one that runs here.
   *
   * @throws BadInput if there is none of this name, or it cannot run here
   */
  public static List<String> backends(String name) {
    if (name.equals("all") || name.equals(Backends.REFERENCE)) {
      return name.equals("all") ? backends() : List.of(name);
    }
    for (Backend backend : Backends.all()) {
      if (backend.name().equals(name)) {
        if (backend.unavailable().isPresent()) {
          throw new BadInput(
              "backend '%s' cannot run here: %s".formatted(name, backend.unavailable().get()));
        }
        return List.of(name);
      }
    }
    List<String> names = new ArrayList<>(List.of("all", Backends.REFERENCE));
    Backends.all().reversed().forEach(backend -> names.add(backend.name()));
    throw new BadInput("unknown backend '%s': %s".formatted(name, Nearest.offer(name, names)));
  }

  /** Walks a trajectory. */
  public static Replay of(Trajectory trajectory, String backend, int threads) {
    boolean reference = backend.equals(Backends.REFERENCE);
    NumberType type = reference ? NumberType.FLOAT64 : NumberType.FLOAT32;
    List<ArrayParameter> parameters = new ArrayList<>();
    Map<String, List<double[]>> path = new LinkedHashMap<>();
    trajectory
        .parameters()
        .forEach((name, start) -> {
          ArrayParameter parameter = ArrayParameter.allocate(name, type, start.shape());
          set(parameter.value(), start.values());
          parameters.add(parameter);
          path.put(name, new ArrayList<>());
        });
    Worst worst = new Worst();
    try (Optimizer optimizer =
        Optimizer.over(Parameters.of(parameters))
            .otherwise(trajectory.rule())
            .backend(backend)
            .threads(threads)
            .build()) {
      for (int step = 1; step <= trajectory.steps(); step++) {
        for (ArrayParameter parameter : parameters) {
          set(
              Objects.requireNonNull(parameter.gradient()),
              Objects.requireNonNull(trajectory.gradients().get(parameter.name())).get(step - 1));
        }
        optimizer.step(() -> 0); // the recorded gradients do not depend on where they are taken
        int recorded = trajectory.at().indexOf(step);
        for (ArrayParameter parameter : parameters) {
          double[] values = parameter.value().toDoubles();
          Objects.requireNonNull(path.get(parameter.name())).add(values);
          if (recorded >= 0) {
            double[] expected =
                Objects.requireNonNull(trajectory.expected().get(parameter.name())).get(recorded);
            worst.compare(values, expected, reference, step, parameter.name());
          }
        }
      }
    }
    return new Replay(
        trajectory,
        backend,
        worst.error,
        reference ? REFERENCE_TOLERANCE : FLOAT32_TOLERANCE,
        worst.step,
        worst.parameter,
        path);
  }

  private static void set(Buffer buffer, double[] values) {
    for (int i = 0; i < values.length; i++) {
      buffer.set(i, values[i]);
    }
  }

  private static final class Worst {
    private double error;
    private int step;
    private String parameter = "";

    void compare(double[] values, double[] expected, boolean absolute, int at, String name) {
      for (int i = 0; i < values.length; i++) {
        double scale = absolute ? 1 : Math.max(1, Math.abs(expected[i]));
        double difference = Math.abs(values[i] - expected[i]) / scale;
        if (Double.isNaN(error) || difference <= error) {
          continue;
        }
        error = difference;
        step = at;
        parameter = name;
      }
    }
  }
}
