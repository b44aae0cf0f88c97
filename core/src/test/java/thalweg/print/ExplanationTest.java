package thalweg.print;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import thalweg.formula.FormulaException;
import thalweg.text.CatalogueEntry;
import thalweg.text.Specs;

class ExplanationTest {
  @ParameterizedTest
  @MethodSource("thalweg.text.Catalogue#entries")
  void everythingInTheCatalogueExplainsItself(CatalogueEntry entry) {
    Explanation explained = Explanation.of(entry.plain());
    assertThat(explained.toText()).contains(entry.paper().substring(0, 10));
    assertThat(explained.toText()).containsPattern(entry.id().equals("freeze") ? "none" : "θ ← ");
    assertThat(explained.toText().lines()).allMatch(line -> line.length() <= 110);
    assertThat(explained.formula()).allSatisfy(line -> assertBalanced(line, '(', ')'));
    assertBalanced(explained.latex(), '{', '}');
    assertBalanced(explained.latex(), '(', ')');
    assertThat(explained.latex()).doesNotContain("spent").isASCII();
  }

  private static void assertBalanced(String text, char open, char close) {
    assertThat(text.chars().filter(letter -> letter == open).count())
        .as(text)
        .isEqualTo(text.chars().filter(letter -> letter == close).count());
  }

  @Test
  void countsStateAndTrafficInBytes() {
    Explanation adamw = Explanation.of(Specs.parse("clip_by_global_norm(1) | adamw"));
    assertThat(adamw.stateBytes()).isEqualTo(8);
    assertThat(adamw.trafficBytes()).isEqualTo(32);
    assertThat(adamw.trips())
        .containsExactly(
            new Explanation.Trip(List.of("g"), List.of(), 4),
            new Explanation.Trip(List.of("g", "θ", "m", "v"), List.of("θ", "m", "v"), 28));
    assertThat(Explanation.of(Specs.parse("sgd")).stateBytes()).isZero();
  }

  @Test
  void aTableCountsForEveryTerm() {
    Explanation saga = Explanation.of(Specs.parse("saga(terms=100)"));
    assertThat(saga.stateBytes()).isEqualTo(4 * 100 + 4);
    assertThat(saga.states().getFirst())
        .isEqualTo(new Explanation.Remembered("saga/gradients", "y", "0", "element and term", 400));
    assertThat(Explanation.of(Specs.parse("sag(terms=2000000000)")).stateBytes())
        .isEqualTo(8_000_000_004L);
  }

  @Test
  void saysWhatAStepHasToBeGiven() {
    assertThat(Explanation.of(Specs.parse("adam")).gradients()).isEmpty();
    assertThat(Explanation.of(Specs.parse("clip_by_global_norm(1) | nag")).gradients())
        .isEqualTo(
            "Needs a closure: optimizer.step(closure). Gradients a step: 1, at another point.");
    assertThat(Explanation.of(Specs.parse("saga(terms=100)")).gradients())
        .isEqualTo("Needs the terms of the loss: optimizer.step(sum, term). Gradients a step: 1.");
    assertThat(Explanation.of(Specs.parse("svrg(inner=10)")).gradients())
        .isEqualTo(
            "Needs the terms of the loss: optimizer.step(sum, term). Gradients a step: 2, and that"
                + " of all terms when renew.");
  }

  @Test
  void aLinkThatComesTwiceIsFiledUnderItsOwnName() {
    Explanation twice = Explanation.of(Specs.parse("trace | trace(0.5) | descend(1)"));
    assertThat(twice.links().stream().map(Explanation.Link::name))
        .containsExactly("trace", "trace2", "descend");
    assertThat(twice.links().get(1).hyperparameters().getFirst())
        .isEqualTo(new Explanation.Argument("momentum", "μ′", "0.5", "0.9", "[0, inf)"));
    assertThat(twice.states().get(1))
        .isEqualTo(new Explanation.Remembered("trace2/momentum_buffer", "b′", "0", "element", 4));
    assertThat(twice.formula()).containsExactly("b ← μ b + g", "b′ ← μ′ b′ + b", "θ ← θ − η b′");
  }

  @Test
  void aTransformationAloneIsShownWithADescentBehindIt() {
    Explanation clip = Explanation.of(Specs.parse("clip_by_value(0.5)"));
    assertThat(clip.spec()).isEqualTo("clip_by_value(0.5)");
    assertThat(clip.links()).hasSize(1);
    assertThat(clip.formula()).containsExactly("g ← clamp(g, −c, c)", "θ ← θ − η g");
    assertThat(clip.legend()).contains("By itself it moves nothing; a descent is shown behind it.");
  }

  @Test
  void aChainThatMakesNoSenseIsNotExplained() {
    assertThatThrownBy(() -> Explanation.of(Specs.parse("adam | sgd")))
        .isInstanceOf(FormulaException.class)
        .hasMessageStartingWith("sgd descends after adam has");
    assertThatThrownBy(() -> Explanation.parse("adam | sgd"))
        .isInstanceOf(FormulaException.class)
        .hasMessageStartingWith("'adam | sgd': sgd descends after adam has");
  }
}
