package thalweg.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import thalweg.formula.Transformation;
import thalweg.memory.Buffer;
import thalweg.optimizer.ArrayParameter;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.Parameters;

/**
 * One small parameter led through hand-written gradients, by the reference in float64 and by the
 * block backend in float32 at once, so that a worked-out number is asked of both.
 */
public final class Walk {
  private static final double REFERENCE_ERROR = 1e-12;
  private static final double BLOCK_ERROR = 2e-6;

  private final double[] exact;
  private final double[] exactGradient;
  private final float[] single;
  private final float[] singleGradient;
  private final Optimizer reference;
  private final Optimizer block;

  private Walk(Transformation rule, List<Long> shape, double[] start) {
    int length = start.length;
    exact = start.clone();
    exactGradient = new double[length];
    single = new float[length];
    singleGradient = new float[length];
    for (int i = 0; i < length; i++) {
      single[i] = (float) start[i];
    }
    reference =
        Optimizer.over(
                Parameters.of(
                    new ArrayParameter("w", shape, Buffer.of(exact), Buffer.of(exactGradient))))
            .otherwise(rule)
            .backend("reference")
            .build();
    block =
        Optimizer.over(
                Parameters.of(
                    new ArrayParameter("w", shape, Buffer.of(single), Buffer.of(singleGradient))))
            .otherwise(rule)
            .backend("block")
            .threads(1)
            .build();
  }

  /** Starts a walk of a rule or chain. */
  public static Walk of(Transformation rule, double... start) {
    return new Walk(rule, List.of((long) start.length), start);
  }

  /** Starts a walk of a parameter of a shape, its values row after row. */
  public static Walk shaped(Transformation rule, List<Long> shape, double... start) {
    return new Walk(rule, shape, start);
  }

  /** One update with this gradient. */
  public Walk step(double... gradient) {
    assertThat(gradient).hasSameSizeAs(exact);
    for (int i = 0; i < gradient.length; i++) {
      exactGradient[i] = gradient[i];
      singleGradient[i] = (float) gradient[i];
    }
    reference.step(() -> 0);
    block.step(() -> 0);
    return this;
  }

  /** Changes a hyperparameter between two steps. */
  public Walk set(String hyper, Object value) {
    reference.group("default").set(hyper, value);
    block.group("default").set(hyper, value);
    return this;
  }

  /** Both stand here: the reference within 1e-12, float32 within 2e-6 of max(1, |value|). */
  public Walk isAt(double... expected) {
    assertThat(expected).hasSameSizeAs(exact);
    for (int i = 0; i < expected.length; i++) {
      near("reference w[" + i + "]", exact[i], expected[i], REFERENCE_ERROR);
      near("block w[" + i + "]", single[i], expected[i], BLOCK_ERROR);
    }
    return this;
  }

  /** Both remember this for the parameter under {@code rule/name}. */
  public Walk remembers(String key, double... expected) {
    return holds(key + "/w", expected);
  }

  /** Both remember this number for the group under {@code rule/name}. */
  public Walk remembersForTheGroup(String key, double expected) {
    return holds(key, expected);
  }

  private Walk holds(String key, double... expected) {
    double[] inReference = state(reference, key);
    double[] inBlock = state(block, key);
    assertThat(inReference).as(key).hasSameSizeAs(expected);
    assertThat(inBlock).as(key).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      near("reference " + key, inReference[i], expected[i], REFERENCE_ERROR);
      near("block " + key, inBlock[i], expected[i], BLOCK_ERROR);
    }
    return this;
  }

  /** Exactly these states exist, named {@code rule/name}. */
  public Walk remembersOnly(String... keys) {
    for (Optimizer optimizer : new Optimizer[] {reference, block}) {
      assertThat(tensors(optimizer).keySet().stream().map(key -> key.split("/", 2)[1]))
          .containsExactlyInAnyOrder(
              Arrays.stream(keys).map(key -> key + "/w").toArray(String[]::new));
    }
    return this;
  }

  private static double[] state(Optimizer optimizer, String key) {
    Map<String, double[]> tensors = tensors(optimizer);
    assertThat(tensors).containsKey("default/" + key);
    return Objects.requireNonNull(tensors.get("default/" + key));
  }

  private static Map<String, double[]> tensors(Optimizer optimizer) {
    return optimizer.state().toDoubles();
  }

  private static void near(String what, double actual, double expected, double error) {
    if (Double.isNaN(expected)) {
      assertThat(actual).as(what).isNaN();
    } else {
      assertThat(actual)
          .as(what)
          .isCloseTo(expected, within(error * Math.max(1, Math.abs(expected))));
    }
  }
}
