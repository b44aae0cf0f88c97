package thalweg.lab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import thalweg.lab.BadInput;
import thalweg.torch.Augmentation;
import thalweg.torch.Form;
import thalweg.torch.Samples;
import thalweg.torch.Targets;

class DataRequestTest {
  @Test
  void digitsArePicturesOrSequencesOfTheSameNumbers() {
    Prepared pictures = DataRequest.named("digits").prepare();
    Prepared rows = DataRequest.named("digits:rows").prepare();
    assertThat(pictures.form()).isEqualTo(new Form.Image(1, 8, 8));
    assertThat(rows.form()).isEqualTo(new Form.Sequence(8, 8));
    assertThat(rows.train().features().toArray()).isEqualTo(pictures.train().features().toArray());
    assertThat(pictures.outputs()).isEqualTo(10);
    assertThat(pictures.test().rows()).isZero();
  }

  @Test
  void theTrainingPixelsHaveMeanZeroAndDeviationOne() {
    Prepared digits = DataRequest.named("digits").prepare();
    float[] pixels = digits.train().features().toArray();
    double mean = mean(pixels);
    assertThat(mean).isCloseTo(0, within(1e-6));
    double squares = 0;
    for (float pixel : pixels) {
      squares += pixel * pixel;
    }
    assertThat(squares / pixels.length).isCloseTo(1, within(1e-5));
    assertThat(mean(digits.validation().features().toArray())).isNotCloseTo(0, within(1e-5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"digits", "breast_cancer", "diabetes", "iris"})
  void theThreePartsHaveTheirSharesAndNoRowTwice(String name) {
    Prepared two = DataRequest.named(name).seed(3).prepare();
    Prepared three = DataRequest.named(name).seed(3).test(0.1).prepare();
    int all = two.train().rows() + two.validation().rows();
    assertThat(three.validation().targets()).usingRecursiveComparison().isNotNull();
    assertThat(three.validation().rows()).isEqualTo(two.validation().rows());
    assertThat((double) three.validation().rows() / all).isCloseTo(0.2, within(0.01));
    assertThat((double) three.test().rows() / all).isCloseTo(0.1, within(0.01));
    assertThat(three.train().rows() + three.validation().rows() + three.test().rows())
        .isEqualTo(all);
  }

  /** What compare measures on is what train trains on. */
  @Test
  void theSplitOfASeedIsThatOfTheComparison() {
    Split split = Split.of(BuiltInData.named("iris"), 5);
    Prepared iris = DataRequest.named("iris").seed(5).prepare();
    assertThat(iris.train().features().toArray()).isEqualTo(split.train().features().toArray());
    assertThat(iris.validation().features().toArray())
        .isEqualTo(split.validation().features().toArray());
  }

  @Test
  void partitionsAreDisjointAndStratified() {
    int[] labels = new int[1000];
    Arrays.setAll(labels, i -> i % 10 == 0 ? 1 : 0);
    Partition rows = Partition.ofClasses(labels, 2, new Shares(0.2, 0.3), 7);
    int[] seen = new int[1000];
    for (int[] part : new int[][] {rows.train(), rows.validation(), rows.test()}) {
      Arrays.stream(part).forEach(row -> seen[row]++);
    }
    assertThat(seen).containsOnly(1);
    assertThat(Arrays.stream(rows.test()).filter(row -> labels[row] == 1).count()).isEqualTo(30);
    assertThat(Arrays.stream(rows.validation()).filter(row -> labels[row] == 1).count())
        .isEqualTo(20);
  }

  @Test
  void classWeightsAreBalancedAndNoneForRegression() {
    Prepared cancer = DataRequest.named("breast-cancer").prepare();
    int[] labels = ((Targets.Classes) cancer.train().targets()).labels();
    long malignant = Arrays.stream(labels).filter(l -> l == 0).count();
    assertThat(cancer.classWeights()[0])
        .isCloseTo((float) (labels.length / (2.0 * malignant)), within(1e-6f));
    assertThat(DataRequest.named("diabetes").prepare().classWeights()).isEmpty();
  }

  @Test
  void aLimitIsOneOfEachPart() {
    Prepared digits = DataRequest.named("digits").limit(100).prepare();
    assertThat(digits.train().rows()).isEqualTo(100);
    assertThat(digits.validation().rows()).isEqualTo(100);
  }

  @Test
  void onlyTrainingPicturesAreAugmentedAndOnlyFromTheFirstEpochOn() {
    Prepared plain = DataRequest.named("digits").prepare();
    Prepared changed =
        DataRequest.named("digits").augmentation(Augmentation.parse("shift:1")).prepare();
    assertThat(changed.train().features().toArray()).isEqualTo(plain.train().features().toArray());
    assertThat(changed.validation().features().toArray())
        .isEqualTo(plain.validation().features().toArray());
    assertThat(changed.notes()).contains("training pictures changed each epoch: shift:1");
    assertThatThrownBy(
            () -> DataRequest.named("iris").augmentation(Augmentation.parse("flip")).prepare())
        .isInstanceOf(BadInput.class)
        .hasMessage("augmentation is for pictures, and 'iris' has none; leave it out");
    assertThatThrownBy(
            () -> DataRequest.named("digits").augmentation(Augmentation.parse("shift:8")).prepare())
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("leaves nothing of pictures of 8x8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"distance", "loss:0.3:4"})
  void aCurriculumBeginsWithSamplesThatAreEasierThanTheRest(String text) {
    EasyFirst wanted = EasyFirst.parse(text);
    Prepared digits = DataRequest.named("digits").easyFirst(wanted).prepare();
    int[] order = digits.curriculum().orElseThrow().order(1, 1);
    Samples train = digits.train();
    double[] scores = Difficulty.named(wanted.by()).orElseThrow().of(train);
    double firsts = Arrays.stream(order).mapToDouble(row -> scores[row]).max().orElseThrow();
    long harder = Arrays.stream(scores).filter(score -> score > firsts).count();
    assertThat((double) harder / train.rows()).isCloseTo(1 - wanted.start(), within(0.01));
  }

  @Test
  void aCurriculumMayGoByAColumn() {
    Prepared diabetes =
        DataRequest.named("diabetes")
            .standardize(false)
            .easyFirst(EasyFirst.parse("age:0.1:3"))
            .prepare();
    int[] order = diabetes.curriculum().orElseThrow().order(1, 1);
    float[] table = diabetes.train().features().toArray();
    double oldest = Arrays.stream(order).mapToDouble(row -> table[row * 10]).max().orElseThrow();
    double youngest = Double.MAX_VALUE;
    for (int row = 0; row < diabetes.train().rows(); row++) {
      youngest = Math.min(youngest, table[row * 10]);
    }
    assertThat(oldest).isLessThan(31);
    assertThat(youngest).isEqualTo(19);
  }

  @Test
  void badRequestsAreOneClearLine() {
    assertThatThrownBy(() -> DataRequest.named("mnits").prepare())
        .isInstanceOf(BadInput.class)
        .hasMessage("unknown data 'mnits': did you mean 'mnist'?");
    assertThatThrownBy(() -> DataRequest.named("mnist").prepare())
        .hasMessage("data 'mnist' needs the folder of its files: add --data-dir FOLDER");
    assertThatThrownBy(() -> DataRequest.named("csv").prepare())
        .hasMessage("data 'csv' needs a file: add --csv FILE");
    assertThatThrownBy(() -> DataRequest.named("iris").validation(1.0).prepare())
        .hasMessage("the validation share must be in (0, 1), got 1; use 0.2");
    assertThatThrownBy(() -> DataRequest.named("iris").validation(0.6).test(0.4).prepare())
        .hasMessage(
            "a validation share of 0.6 and a test share of 0.4 leave nothing to train on; use"
                + " smaller ones");
    assertThatThrownBy(() -> EasyFirst.parse("distance:2"))
        .hasMessage("a curriculum's start must be in (0, 1], got 2");
    assertThatThrownBy(
            () -> DataRequest.named("iris").easyFirst(EasyFirst.parse("distanse")).prepare())
        .hasMessage("unknown difficulty 'distanse' of a curriculum: did you mean 'distance'?");
    assertThatThrownBy(
            () -> DataRequest.named("digits").easyFirst(EasyFirst.parse("pixel")).prepare())
        .hasMessageStartingWith("unknown difficulty 'pixel' of a curriculum: ");
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
