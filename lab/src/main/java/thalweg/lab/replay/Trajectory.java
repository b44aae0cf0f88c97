package thalweg.lab.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import thalweg.formula.Formula;
import thalweg.formula.Transformation;
import thalweg.lab.BadInput;
import thalweg.optimizer.Needs;
import thalweg.text.Specs;

/**
 * A recorded run of an optimizer: start values, one gradient a step, and the parameters at some
 * steps, in float64. Format {@code trajectory/1}.
 *
 * @param file where it was read
 * @param rule the optimizer it was recorded with
 * @param parameters name to start values
 * @param gradients name to one array a step; they do not depend on the parameters
 * @param at the steps that were recorded, rising; 1 is after the first update
 * @param expected name to one array for each of {@code at}
 */
public record Trajectory(
    Path file,
    Transformation rule,
    int steps,
    Map<String, Start> parameters,
    Map<String, List<double[]>> gradients,
    List<Integer> at,
    Map<String, List<double[]>> expected)
    implements Recording {
  /** The format this reads. */
  public static final String FORMAT = "trajectory/1";

  /** Where a parameter starts. */
  public record Start(long[] shape, double[] values) {}

  /**
   * Reads a file.
   *
   * @throws BadInput if it is absent, not JSON, not of this format, or inconsistent
   */
  public static Trajectory read(Path file) {
    return of(file, GoldenFile.read(file, FORMAT));
  }

  static Trajectory of(Path file, GoldenFile json) {
    int steps = json.whole("steps");
    Map<String, Start> parameters = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : json.object("parameters").properties()) {
      parameters.put(entry.getKey(), start(json, entry.getKey()));
    }
    if (parameters.isEmpty()) {
      throw json.bad("parameters", "names no parameter");
    }
    List<Integer> at = new ArrayList<>();
    for (double step : json.numbers("expected.at")) {
      if (step != Math.rint(step) || step < 1 || step > steps) {
        throw json.bad("expected.at", "has step " + step + ", there are 1 to " + steps);
      }
      at.add((int) step);
    }
    if (!at.equals(at.stream().sorted().distinct().toList())) {
      throw json.bad("expected.at", "must rise, got " + at);
    }
    Map<String, List<double[]>> gradients = new LinkedHashMap<>();
    Map<String, List<double[]>> expected = new LinkedHashMap<>();
    parameters.forEach((name, start) -> {
      int length = start.values().length;
      gradients.put(name, json.rows("gradients", name, steps, length));
      expected.put(name, json.rows("expected.values", name, at.size(), length));
    });
    return new Trajectory(file, rule(json), steps, parameters, gradients, at, expected);
  }

  private static Start start(GoldenFile json, String name) {
    double[] shape = json.numbers("parameters", name, "shape");
    double[] values = json.numbers("parameters", name, "values");
    long[] sizes = new long[shape.length];
    double length = 1; // a product of sizes may be beyond a long
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = (long) shape[i];
      if (sizes[i] < 0 || sizes[i] != shape[i]) {
        throw json.bad("parameters." + name + ".shape", "has size " + shape[i]);
      }
      length *= shape[i];
    }
    if (length != values.length) {
      throw json.bad(
          "parameters." + name,
          "shape holds %.0f elements, there are %d values".formatted(length, values.length));
    }
    return new Start(sizes, values);
  }

  private static Transformation rule(GoldenFile json) {
    String optimizer = json.text("optimizer");
    Map<String, Object> hyperparameters = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : json.object("hyperparameters").properties()) {
      hyperparameters.put(
          entry.getKey(), json.plain("hyperparameters." + entry.getKey(), entry.getValue()));
    }
    try {
      Transformation rule = Specs.parse(optimizer, hyperparameters);
      if (Needs.of(Formula.of(rule)) == Needs.TERMS) {
        throw json.bad("optimizer", "must do with gradients, but needs single terms of a loss");
      }
      return rule;
    } catch (IllegalArgumentException e) {
      throw json.bad("optimizer", String.valueOf(e.getMessage()));
    }
  }
}
