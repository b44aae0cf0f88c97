package thalweg.lab.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import thalweg.lab.BadInput;
import thalweg.lab.Progress;
import thalweg.lab.data.DataRequest;
import thalweg.torch.Batching;

class LessonTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "digits      | cnn(channels=[4], hidden=8)",
        "digits:rows | lstm(hidden=8)             ",
        "digits:rows | linear                     ",
      })
  void picturesAndSequencesAreComparedWithNetworksOfTheirOwn(String data, String model) {
    Comparison comparison = run(data, model, null, "adam(lr=0.01)");
    assertThat(comparison.settings().hidden()).isEmpty();
    assertThat(comparison.settings().model()).startsWith(model.replaceFirst("\\(.*", ""));
    assertThat(comparison.optimizers().getFirst().score().mean()).isGreaterThan(0.15);
    assertThat(Report.html(comparison)).contains("predict ‘digit’");
  }

  @Test
  void aRunWithDropoutIsTheSameTwice() {
    String cnn = "cnn(channels=[4], hidden=8, dropout=0.5)";
    List<SeedRun> first = run("digits", cnn, null, "sgd(lr=0.1)").optimizers().getFirst().runs();
    List<SeedRun> again = run("digits", cnn, null, "sgd(lr=0.1)").optimizers().getFirst().runs();
    assertThat(again.getFirst().updateLoss()).isEqualTo(first.getFirst().updateLoss());
    assertThat(again.getFirst().validationLoss()).isEqualTo(first.getFirst().validationLoss());
  }

  @Test
  void theParametersAreThoseOfTheNetwork() {
    assertThat(lesson("iris", "mlp(hidden=[4])", null).parameters()).isEqualTo(5 * 4 + 5 * 3);
    assertThat(lesson("iris", "linear", null).parameters()).isEqualTo(15);
    assertThat(lesson("breast_cancer", "linear", "perceptron").parameters()).isEqualTo(31);
    assertThat(lesson("iris", "linear", "perceptron").parameters()).isEqualTo(15);
  }

  @Test
  void thePerceptronIsComparedAsALoss() {
    Comparison comparison =
        new ComparisonRun(
                DataRequest.named("breast_cancer").prepare(),
                List.of("sgd(lr=1)", "adam"),
                "linear(init=zeros)",
                "perceptron",
                List.of(new Batching.One()),
                3,
                1,
                0,
                List.of(0.01),
                1)
            .run(Progress.Look.NOTHING, "test", "./thalweg compare breast_cancer");
    assertThat(comparison.settings().loss()).isEqualTo("perceptron");
    assertThat(comparison.optimizers().getFirst().score().mean()).isGreaterThan(0.9);
    assertThat(ResultTable.notes(comparison).getFirst())
        .startsWith("the perceptron's loss shrinks");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "iris     | cnn    |            | data 'iris': cnn needs pictures, the data are a table of"
            + " 4 columns; use mlp or linear",
        "iris     | linear | mse        | data 'iris': mse needs numbers, the targets are classes;"
            + " use cross_entropy",
        "diabetes | linear | perceptron | data 'diabetes': perceptron needs classes, the targets"
            + " are numbers; use mse, mae or huber",
      })
  void whatDoesNotGoTogetherIsSaid(
      String data, String model, @Nullable String loss, String message) {
    assertThatThrownBy(() -> run(data, model, loss, "sgd(lr=0.1)"))
        .isInstanceOf(BadInput.class)
        .hasMessage(message);
  }

  private static Lesson lesson(String data, String model, @Nullable String loss) {
    return Lesson.of(DataRequest.named(data).prepare(), model, loss);
  }

  private static Comparison run(
      String data, String model, @Nullable String loss, String optimizer) {
    return new ComparisonRun(
            DataRequest.named(data).limit(200).prepare(),
            List.of(optimizer),
            model,
            loss,
            List.of(new Batching.Mini(16)),
            2,
            1,
            1,
            List.of(0.1),
            1)
        .run(Progress.Look.NOTHING, "test", "./thalweg compare " + data);
  }
}
