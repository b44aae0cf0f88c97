package thalweg.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Metrics, worked out by hand. */
class MetricTest {
  @BeforeAll
  static void load() {
    Libtorch.load();
  }

  /** In two batches, of one row and of the others. */
  private static double of(Metric metric, Targets targets, int columns, float... outputs) {
    Metric.Tally tally = metric.tally(targets);
    try (var scope = new PointerScope()) {
      Tensor all = torch.tensor(outputs).view(-1, columns);
      tally.add(new Answers(targets, all.narrow(0, 0, 1), 0));
      tally.add(new Answers(targets, all.narrow(0, 1, all.size(0) - 1), 1));
    }
    return tally.value();
  }

  @Test
  void accuracyIsTheShareOfRightDecisions() {
    Targets targets = new Targets.Classes(new int[] {0, 1, 2, 2}, 3);
    assertThat(of(Metric.accuracy(), targets, 3, 1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 1))
        .isEqualTo(0.75);
    Targets two = new Targets.Classes(new int[] {0, 1, 1}, 2);
    assertThat(of(Metric.accuracy(), two, 1, -1, 2, 0)).isCloseTo(2 / 3.0, within(1e-12));
  }

  @Test
  void macroF1IsTheMeanOverTheClassesThatOccur() {
    // class 0: TP 1, FN 1 → 2/3; class 1: TP 1, FP 1 → 2/3; class 2: TP 1 → 1; class 3: nothing
    Targets targets = new Targets.Classes(new int[] {0, 0, 1, 2}, 4);
    assertThat(of(Metric.macroF1(), targets, 4, 1, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0))
        .isCloseTo((2 / 3.0 + 2 / 3.0 + 1) / 3, within(1e-12));
  }

  @Test
  void r2IsOneMinusTheShareOfSquaresLeft() {
    Targets targets = new Targets.Values(new float[] {1, 2, 3});
    // squares around the mean: 2; errors 0, 0.5, −1: 1.25
    assertThat(of(Metric.r2(), targets, 1, 1, 2.5f, 2)).isCloseTo(1 - 1.25 / 2, within(1e-7));
    assertThat(of(Metric.r2(), new Targets.Values(new float[] {4, 4}), 1, 4, 4)).isNaN();
  }

  @Test
  void perplexityIsTheNumberOfEquallyLikelyClasses() {
    Targets tokens = new Targets.Tokens((row, step) -> step, 2, 1, 5);
    assertThat(of(Metric.perplexity(), tokens, 5, new float[10])).isCloseTo(5, within(1e-12));
    Targets classes = new Targets.Classes(new int[] {1, 0}, 2);
    // shares of the right ones: e/(1+e) and 1/2
    assertThat(of(Metric.perplexity(), classes, 2, 0, 1, 7, 7))
        .isCloseTo(Math.sqrt((1 + Math.E) / Math.E * 2), within(1e-6));
    assertThat(of(Metric.perplexity(), classes, 1, 1, 0))
        .isCloseTo(Math.sqrt((1 + Math.E) / Math.E * 2), within(1e-6));
    assertThat(Metric.perplexity().largerIsBetter()).isFalse();
  }

  @Test
  void theTargetsSayWhatIsMeasuredAndRefuseTheRest() {
    Targets values = new Targets.Values(new float[1]);
    assertThat(Metric.of(values)).isEqualTo(List.of(Metric.r2()));
    assertThat(Metric.of(new Targets.Tokens((row, step) -> 0, 1, 1, 2)).getFirst())
        .isEqualTo(Metric.perplexity());
    for (String name : List.of("accuracy", "macro_f1", "r2", "perplexity")) {
      assertThat(Metric.parse(name).name()).isEqualTo(name);
    }
    assertThatThrownBy(() -> Metric.accuracy().tally(values))
        .hasMessage("accuracy needs classes, the targets are numbers; use r2");
    assertThatThrownBy(() -> Metric.r2().tally(new Targets.Classes(new int[1], 2)))
        .hasMessage("r2 needs numbers, the targets are classes");
    assertThatThrownBy(() -> Metric.parse("auc"))
        .hasMessage("metric must be accuracy, macro_f1, r2 or perplexity, got 'auc'");
  }
}
