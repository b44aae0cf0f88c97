package thalweg.torch;

import static java.lang.Math.exp;
import static java.lang.Math.log;
import static java.lang.Math.log1p;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Losses, worked out by hand. */
class LossTest {
  private static final Targets.Values VALUES = new Targets.Values(new float[1]);
  private static final Targets.Classes TWO = new Targets.Classes(new int[1], 2);
  private static final Targets.Classes THREE = new Targets.Classes(new int[1], 3);

  @BeforeAll
  static void load() {
    Libtorch.load();
  }

  private static Tensor column(float... values) {
    return torch.tensor(values).view(values.length, 1);
  }

  private static double of(Loss loss, Tensor outputs, Tensor targets) {
    return loss.apply(outputs, targets).item_double();
  }

  @Test
  void lossesOfValuesAreMeansOverTheErrors() {
    try (var scope = new PointerScope()) {
      Tensor outputs = column(1, 2, -4);
      Tensor targets = column(1.5f, 0, -1); // errors −0.5, 2, −3
      assertThat(of(Loss.meanSquaredError(), outputs, targets))
          .isCloseTo((0.25 + 4 + 9) / 3, within(1e-6));
      assertThat(of(Loss.meanAbsoluteError(), outputs, targets)).isCloseTo(5.5 / 3, within(1e-6));
      // half of 0.25; 1 (2 − ½); 1 (3 − ½)
      assertThat(of(Loss.huber(1), outputs, targets))
          .isCloseTo((0.125 + 1.5 + 2.5) / 3, within(1e-6));
      assertThat(of(Loss.huber(2.5), outputs, targets))
          .isCloseTo((0.125 + 2 + 2.5 * (3 - 1.25)) / 3, within(1e-6));
    }
  }

  @Test
  void crossEntropyIsMinusTheLogOfTheRightShare() {
    try (var scope = new PointerScope()) {
      Tensor outputs = torch.tensor(new float[] {0, 1, 2, 3, 0, 0}).view(2, 3);
      Tensor targets = torch.tensor(new long[] {2, 1});
      double first = -(2 - log(1 + exp(1) + exp(2)));
      double second = -(0 - log(exp(3) + 2));
      assertThat(of(Loss.crossEntropy(), outputs, targets))
          .isCloseTo((first + second) / 2, within(1e-6));
      // 0.9 of the right class and 0.1 of the mean over all three
      double logs1 = 3 * log(1 + exp(1) + exp(2)) - 3;
      double logs2 = 3 * log(exp(3) + 2) - 3;
      assertThat(of(Loss.crossEntropy().labelSmoothing(0.1), outputs, targets))
          .isCloseTo(
              (0.9 * first + 0.1 * logs1 / 3 + 0.9 * second + 0.1 * logs2 / 3) / 2, within(1e-6));
      assertThat(of(Loss.crossEntropy().classWeights(5, 3, 1), outputs, targets))
          .isCloseTo((first + 3 * second) / 4, within(1e-6));
      Tensor steps = outputs.view(1, 2, 3);
      assertThat(of(Loss.crossEntropy(), steps, targets.view(1, 2)))
          .isCloseTo((first + second) / 2, within(1e-6));
    }
  }

  @Test
  void lossesOfTwoClassesTakeOneOutput() {
    try (var scope = new PointerScope()) {
      Tensor outputs = column(2, -1, 0.5f);
      Tensor targets = torch.tensor(new long[] {1, 1, 0});
      assertThat(of(Loss.binaryCrossEntropy(), outputs, targets))
          .isCloseTo((log1p(exp(-2)) + log1p(exp(1)) + log1p(exp(0.5))) / 3, within(1e-6));
      // y f is 2, −1, −0.5
      assertThat(of(Loss.perceptron(), outputs, targets)).isCloseTo(0.5, within(1e-6));
    }
  }

  @Test
  void thePerceptronsGradientIsItsRuleAndAZeroOutputCountsAsWrong() {
    try (var scope = new PointerScope()) {
      Tensor w = torch.zeros(2, 1).set_requires_grad(true);
      Tensor x = torch.tensor(new float[] {1, 2, 3, 5}).view(2, 2);
      Tensor targets = torch.tensor(new long[] {1, 0});
      Loss.perceptron().apply(x.matmul(w), targets).backward();
      // −y x over the wrong ones, both: −(1, 2) + (3, 5), halved
      assertThat(w.grad().get(0).item_double()).isEqualTo(1);
      assertThat(w.grad().get(1).item_double()).isEqualTo(1.5);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mse",
        "mae",
        "huber(delta=0.5)",
        "cross_entropy",
        "cross_entropy(label_smoothing=0.1)",
        "binary_cross_entropy",
        "perceptron"
      })
  void textFormsAreReadBack(String text) {
    assertThat(Loss.parse(text).text()).isEqualTo(text);
    assertThat(Loss.parse(" " + text + " ")).isEqualTo(Loss.parse(text));
  }

  @Test
  void aWrongTextIsToldWithWhatIsRight() {
    assertThatThrownBy(() -> Loss.parse("hinge"))
        .hasMessageContaining("loss must be mse, mae,")
        .hasMessageEndingWith("got 'hinge'");
    assertThatThrownBy(() -> Loss.parse("huber(beta=1)"))
        .hasMessage("loss 'huber(beta=1)' has no beta");
    assertThatThrownBy(() -> Loss.parse("huber(delta=x)"))
        .hasMessageContaining("'delta=x' is not name=number");
    assertThatThrownBy(() -> Loss.parse("huber(delta=0)"))
        .hasMessage("huber.delta must be positive, got 0.0");
    assertThatThrownBy(() -> Loss.crossEntropy().labelSmoothing(1))
        .hasMessage("cross_entropy.label_smoothing must be in [0, 1), got 1.0");
  }

  @Test
  void aLossSaysHowManyOutputsItNeedsAndRefusesOtherTargets() {
    assertThat(Loss.of(VALUES).outputs(VALUES)).isEqualTo(1);
    assertThat(Loss.of(THREE).outputs(THREE)).isEqualTo(3);
    assertThat(Loss.binaryCrossEntropy().outputs(TWO)).isEqualTo(1);
    assertThatThrownBy(() -> Loss.binaryCrossEntropy().outputs(THREE))
        .hasMessage(
            "binary_cross_entropy needs two classes, the targets are 3 classes; use cross_entropy");
    assertThatThrownBy(() -> Loss.huber(1).outputs(TWO))
        .hasMessage("huber(delta=1.0) needs numbers, the targets are classes; use cross_entropy");
    assertThatThrownBy(() -> Loss.crossEntropy().outputs(VALUES))
        .hasMessageStartingWith("cross_entropy needs classes");
    assertThatThrownBy(() -> Loss.crossEntropy().classWeights(1, 2).outputs(THREE))
        .hasMessage("cross_entropy has weights for 2 classes, the targets have 3");
  }
}
