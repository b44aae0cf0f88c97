package thalweg.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import thalweg.formula.Chain;
import thalweg.formula.Transformation;
import thalweg.memory.Buffer;
import thalweg.optimizer.ArrayParameter;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.Parameter;
import thalweg.optimizer.Parameters;
import thalweg.rules.Adam;
import thalweg.rules.Sgd;
import thalweg.walk.Walk;

class AccumulateTest {
  private static final float[][] GRADIENTS = {
    {1, -2, 0.3f}, {3, 5, -0.7f}, {0.1f, 0, 11}, {-8, 1e-3f, 0.9f},
    {2, 2, 2}, {-1, 0.5f, 4}, {0, 0, 0}, {7, -3, 0.25f}
  };

  /** The parameter after each of some gradients. */
  private static float[][] path(Transformation rule, String backend, float[]... gradients) {
    float[] value = {1, -2, 0.5f};
    float[] gradient = new float[3];
    float[][] path = new float[gradients.length][];
    try (Optimizer optimizer =
        Optimizer.over(Parameters.of(ArrayParameter.of("w", value, gradient)))
            .otherwise(rule)
            .backend(backend)
            .build()) {
      for (int step = 0; step < gradients.length; step++) {
        System.arraycopy(gradients[step], 0, gradient, 0, 3);
        optimizer.step();
        path[step] = value.clone();
      }
    }
    return path;
  }

  private static float[] mean(float[]... gradients) {
    float[] mean = new float[3];
    for (int i = 0; i < 3; i++) {
      float sum = 0;
      for (float[] gradient : gradients) {
        sum += gradient[i];
      }
      mean[i] = sum / gradients.length;
    }
    return mean;
  }

  @Test
  void everyKStepsTheMeanIsHandedOn() {
    // mean of 1 and 4; between them nothing moves
    Walk.of(Chain.of(new Accumulate(2), Sgd.lr(1)), 0)
        .step(1)
        .isAt(0)
        .remembers("accumulate/sum", 1)
        .remembersForTheGroup("accumulate/counter", 1)
        .step(4)
        .isAt(-2.5)
        .remembers("accumulate/sum", 0)
        .remembersForTheGroup("accumulate/counter", 0)
        .step(-3)
        .isAt(-2.5)
        .step(5)
        .isAt(-3.5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "block"})
  void ofOneItIsAsIfItWereNotThere(String backend) {
    for (Transformation rule :
        List.of(
            Sgd.lr(0.1).momentum(0.9),
            Adam.lr(0.1).weightDecay(0.1),
            Chain.of(new ClipByGlobalNorm(1), Adam.lr(0.1)))) {
      assertThat(path(Chain.of(new Accumulate(1), rule), backend, GRADIENTS))
          .isDeepEqualTo(path(rule, backend, GRADIENTS));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "block"})
  void adamBehindItSeesTheMeansOnly(String backend) {
    // four is a power of two, so the mean is exact in whatever way it is taken; t counts 1, 2
    float[][] every = path(Chain.of(new Accumulate(4), Adam.lr(0.1)), backend, GRADIENTS);
    float[][] means =
        path(
            Adam.lr(0.1),
            backend,
            mean(GRADIENTS[0], GRADIENTS[1], GRADIENTS[2], GRADIENTS[3]),
            mean(GRADIENTS[4], GRADIENTS[5], GRADIENTS[6], GRADIENTS[7]));
    for (int step = 0; step < 8; step++) {
      float[] expected = step < 3 ? new float[] {1, -2, 0.5f} : means[step < 7 ? 0 : 1];
      assertThat(every[step]).as("after gradient %s", step + 1).containsExactly(expected);
    }
  }

  @Test
  void tBehindItCountsRealUpdates() {
    // gradients all alike: an update of adam is 0.1 · sign whatever t is, if t counts updates:
    // with t counting steps, the first would be divided by 1 − β², not by 1 − β
    Walk.of(Chain.of(new Accumulate(2), Adam.lr(0.1).eps(0)), 0)
        .step(3)
        .step(3)
        .isAt(-0.1)
        .remembers("accumulate/updates", 1)
        .step(3)
        .remembers("accumulate/updates", 1)
        .remembers("adam/exp_avg", 0.3)
        .step(3)
        .isAt(-0.2)
        .remembers("accumulate/updates", 2);
  }

  @Test
  void clippingBehindItClipsTheMeanAndInFrontEachGradient() {
    // mean (3, 4) → (0.6, 0.8)
    Walk.of(Chain.of(new Accumulate(2), new ClipByGlobalNorm(1), Sgd.lr(1)), 0, 0)
        .step(6, 0)
        .step(0, 8)
        .isAt(-0.6, -0.8);
    // (1, 0) and (0, 1), mean (0.5, 0.5)
    Walk.of(Chain.of(new ClipByGlobalNorm(1), new Accumulate(2), Sgd.lr(1)), 0, 0)
        .step(6, 0)
        .step(0, 8)
        .isAt(-0.5, -0.5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "block"})
  void aTensorWithoutAGradientAddsNothingThen(String backend) {
    Missing a = new Missing("a");
    Missing b = new Missing("b");
    try (Optimizer optimizer =
        Optimizer.over(Parameters.of(a, b))
            .otherwise(Chain.of(new Accumulate(2), Sgd.lr(1)))
            .backend(backend)
            .build()) {
      a.next(1);
      b.next(2);
      optimizer.step();
      a.absent = true;
      b.next(4);
      optimizer.step(); // a had none at the last step of two: its 1 waits for the next round
      assertThat(a.at()).isEqualTo(0);
      assertThat(b.at()).isEqualTo(-3);
      b.absent = true;
      a.next(3);
      optimizer.step();
      b.next(8);
      a.next(6);
      optimizer.step(); // a: (1 + 3 + 6)/2; b: (0 + 8)/2
      assertThat(a.at()).isEqualTo(-5);
      assertThat(b.at()).isEqualTo(-3 - 4);
      a.absent = true;
      b.absent = true;
      optimizer.step(); // nobody has one: not a step
      a.next(2);
      b.next(2);
      optimizer.step();
      assertThat(a.at()).isEqualTo(-5);
      optimizer.step();
      assertThat(a.at()).isEqualTo(-7);
      assertThat(b.at()).isEqualTo(-9);
    }
  }

  @Test
  void kMayChangeBetweenSteps() {
    // two collected of five; k = 3 closes with the next one: (1 + 2 + 6)/3
    Walk.of(Chain.of(new Accumulate(5), Sgd.lr(1)), 0).step(1).step(2).set("k", 3).step(6).isAt(-3);
    // three collected already: the next one closes, over the four there are
    Walk.of(Chain.of(new Accumulate(5), Sgd.lr(1)), 0)
        .step(1)
        .step(1)
        .step(1)
        .set("k", 2)
        .step(5)
        .isAt(-2);
  }

  @Test
  void aNanOfOneRoundIsGoneInTheNext() {
    Walk.of(Chain.of(new Accumulate(2), new SkipNonfinite(), Sgd.lr(1)), 0)
        .step(Double.NaN)
        .step(1)
        .isAt(0)
        .step(1)
        .step(3)
        .isAt(-2);
  }

  @Test
  void itTakesAtLeastOne() {
    assertThatThrownBy(() -> new Accumulate(0)).hasMessageContaining("k");
  }

  /** A single number that may lack its gradient. */
  private static final class Missing implements Parameter {
    private final String name;
    private final Buffer value = Buffer.of(new float[1]);
    private final Buffer gradient = Buffer.of(new float[1]);
    private boolean absent;

    Missing(String name) {
      this.name = name;
    }

    void next(double g) {
      gradient.set(0, g);
      absent = false;
    }

    double at() {
      return value.get(0);
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public List<Long> shape() {
      return List.of();
    }

    @Override
    public Buffer value() {
      return value;
    }

    @Override
    public @org.jspecify.annotations.Nullable Buffer gradient() {
      return absent ? null : gradient;
    }
  }
}
