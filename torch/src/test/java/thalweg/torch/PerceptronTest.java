package thalweg.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.Parameter;
import thalweg.optimizer.Parameters;
import thalweg.rules.Sgd;
import thalweg.torch.nets.Networks;

/** {@code sgd(lr=1)} on the perceptron loss, a sample a step, is Rosenblatt's perceptron. */
class PerceptronTest {
  private static final Loss LOSS = Loss.perceptron();

  @Test
  void stepsAreRosenblattsFromWeightsOfZero() {
    try (Learner learner = new Learner(2, 1)) {
      // w ← w + y x, b ← b + y where y (w x + b) ≤ 0, else nothing; rows of w1, w2, b
      assertThat(learner.step(new float[] {2, 1}, 1)).containsExactly(2f, 1f, 1f); // 0: wrong
      assertThat(learner.step(new float[] {-1, -1}, 1)).containsExactly(1f, 0f, 2f); // −2: wrong
      assertThat(learner.step(new float[] {1, -3}, 0)).containsExactly(0f, 3f, 1f); // 3: wrong
      assertThat(learner.step(new float[] {2, 1}, 1)).containsExactly(0f, 3f, 1f); // 4: right
      assertThat(learner.step(new float[] {-1, -1}, 1)).containsExactly(-1f, 2f, 2f); // −2: wrong
      assertThat(learner.step(new float[] {1, -3}, 0)).containsExactly(-1f, 2f, 2f); // −5: right
    }
  }

  @Test
  void ofMoreClassesTheRightOneIsRaisedAndTheLargestOtherLowered() {
    try (Learner learner = new Learner(1, 3)) {
      learner.set(1, 2, 3, 0, 0, 0); // three weights of one feature, three biases
      // outputs 2, 4, 6; class 0 is right and class 2 the largest other
      assertThat(learner.step(new float[] {2}, 0)).containsExactly(3f, 2f, 1f, 1f, 0f, -1f);
      // outputs 3·2 + 1, 4, 1: class 0 has the largest
      assertThat(learner.step(new float[] {2}, 0)).containsExactly(3f, 2f, 1f, 1f, 0f, -1f);
      // outputs 7, 4, 1: class 1 is right, class 0 the largest other
      assertThat(learner.step(new float[] {2}, 1)).containsExactly(1f, 4f, 1f, 0f, 1f, -1f);
    }
  }

  @Test
  void itsValueIsTheMeanOfTheMarginsThatAreNegative() {
    try (var scope = new PointerScope()) {
      Tensor one = torch.tensor(new float[] {3, -1, 0, 2}).view(4, 1);
      Tensor ofTwo = torch.tensor(new long[] {1, 1, 0, 0});
      assertThat(LOSS.apply(one, ofTwo).item_float()).isEqualTo((0 + 1 + 0 + 2) / 4f);
      Tensor three = torch.tensor(new float[] {1, 5, 2, 4, 0, 1}).view(2, 3);
      Tensor ofThree = torch.tensor(new long[] {2, 0});
      assertThat(LOSS.apply(three, ofThree).item_float()).isEqualTo((3 + 0) / 2f);
    }
  }

  /** Novikoff 1962: at most (R/γ)² mistakes, if some unit vector has a margin of γ everywhere. */
  @Test
  void mistakesAreAtMostNovikoffsBoundAndEndOnSeparableSamples() {
    for (int seed = 1; seed <= 5; seed++) {
      double gamma = 0.1;
      Separable set = Separable.of(200, gamma, new Random(seed));
      double bound = Math.pow(set.radius() / gamma, 2);
      int mistakes = 0;
      int inEpoch = -1;
      try (Learner learner = new Learner(2, 1)) {
        while (inEpoch != 0) {
          inEpoch = 0;
          for (int i = 0; i < set.rows().size(); i++) {
            List<Float> before = learner.weights();
            if (!learner.step(set.rows().get(i), set.labels().get(i)).equals(before)) {
              inEpoch++;
            }
          }
          mistakes += inEpoch;
          assertThat(mistakes).isLessThanOrEqualTo((int) bound);
        }
      }
      assertThat(mistakes).isGreaterThan(1);
    }
  }

  @Test
  void aTrainingWithItComesToRest() {
    Separable set = Separable.of(60, 0.15, new Random(1));
    float[] features = new float[120];
    int[] labels = new int[60];
    for (int i = 0; i < 60; i++) {
      System.arraycopy(set.rows().get(i), 0, features, 2 * i, 2);
      labels[i] = set.labels().get(i);
    }
    Samples samples = Samples.classification(2, features, labels, 2);
    try (Learner learner = new Learner(2, 1);
        Feed feed = new Feed(samples, new Batching.One(), 1)) {
      RunLog log =
          Training.of(learner.network, feed, samples)
              .loss(LOSS)
              .epochs(40)
              .run(learner.optimizer, "sgd(lr=1)");
      assertThat(log.epochs().getLast().trainLoss()).isZero();
      assertThat(log.last().metric()).isEqualTo(1);
      assertThat(log.completed()).isTrue();
    }
  }

  @Test
  void numbersAndTextsHaveNoPerceptron() {
    assertThat(LOSS.outputs(new Targets.Classes(new int[] {0, 1}, 2))).isEqualTo(1);
    assertThat(LOSS.outputs(new Targets.Classes(new int[] {0, 1}, 3))).isEqualTo(3);
    assertThatThrownBy(() -> LOSS.outputs(new Targets.Values(new float[1])))
        .hasMessage("perceptron needs classes, the targets are numbers; use mse, mae or huber");
    assertThatThrownBy(() -> LOSS.outputs(new Targets.Tokens((_, _) -> 0, 1, 4, 2)))
        .hasMessageStartingWith("perceptron needs one class a sample");
  }

  /** Points of the plane with a margin to a line that does not go through the origin. */
  private record Separable(List<float[]> rows, List<Integer> labels, double radius) {
    static Separable of(int count, double gamma, Random random) {
      double[] u = {0.6, -0.64, 0.48}; // of length 1, the last for the bias
      List<float[]> rows = new ArrayList<>();
      List<Integer> labels = new ArrayList<>();
      double radius = 0;
      while (rows.size() < count) {
        float[] x = {2 * random.nextFloat() - 1, 2 * random.nextFloat() - 1};
        double margin = u[0] * x[0] + u[1] * x[1] + u[2];
        if (Math.abs(margin) >= gamma) {
          rows.add(x);
          labels.add(margin > 0 ? 1 : 0);
          radius = Math.max(radius, Math.hypot(Math.hypot(x[0], x[1]), 1));
        }
      }
      return new Separable(rows, labels, radius);
    }
  }

  private static final class Learner implements AutoCloseable {
    private final int inputs;
    private final Network network;
    private final Parameters parameters;
    private final Optimizer optimizer;

    Learner(int inputs, int outputs) {
      this.inputs = inputs;
      network = Networks.of("linear(init=zeros)", new Form.Table(inputs), outputs, 1);
      parameters = TorchParameters.of(network);
      optimizer = Optimizer.over(parameters).otherwise(Sgd.lr(1)).build();
    }

    void set(float... numbers) {
      int next = 0;
      for (Parameter parameter : parameters) {
        for (int i = 0; i < parameter.length(); i++) {
          parameter.value().set(i, numbers[next++]);
        }
      }
    }

    List<Float> weights() {
      List<Float> all = new ArrayList<>();
      for (Parameter parameter : parameters) {
        for (int i = 0; i < parameter.length(); i++) {
          all.add((float) parameter.value().get(i));
        }
      }
      return all;
    }

    /** The weights after one sample. */
    List<Float> step(float[] x, long label) {
      optimizer.zeroGrad();
      try (var scope = new PointerScope()) {
        Tensor outputs = network.forward(torch.tensor(x).view(1, inputs));
        LOSS.apply(outputs, torch.tensor(new long[] {label})).backward();
      }
      optimizer.step();
      return weights();
    }

    @Override
    public void close() {
      optimizer.close();
      TorchParameters.release(parameters);
      network.close();
    }
  }
}
