package thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import thalweg.text.Catalogue;
import thalweg.text.CatalogueEntry;
import thalweg.text.Specs;

class ExplainCommandTest {
  @Test
  void adamwIsExplainedInFull() {
    assertThat(Ran.thalweg("explain", "adamw").output())
        .startsWith("adamw\nAdam with decoupled weight decay\n")
        .contains("  θ ← (1 − η λ) θ − η m̂ / (√v̂ + ε)\n")
        .contains("  weight_decay     λ       0.01     0.01     [0, inf)\n")
        .contains("Loshchilov and Hutter 2019, Decoupled Weight Decay Regularization, Algorithm 2")
        .contains("State: 8 bytes a parameter in float32\n")
        .contains("Memory: 1 pass, 28 bytes a parameter and step in float32\n");
  }

  @Test
  void aChainIsExplainedWithItsValues() {
    assertThat(
            Ran.thalweg("explain", "clip_by_global_norm(1.0) | sgd(lr=0.1, momentum=0.9)").output())
        .startsWith("clip_by_global_norm(1) | sgd(lr=0.1, momentum=0.9)\n")
        .contains("Memory: 2 passes");
  }

  @Test
  void aTransformationIsExplainedWithADescentBehindIt() {
    assertThat(Ran.thalweg("explain", "clip_by_value(0.5)").output())
        .startsWith("clip_by_value(0.5)\n")
        .contains("  g ← clamp(g, −c, c)\n  θ ← θ − η g\n")
        .contains("By itself it moves nothing; a descent is shown behind it.");
  }

  @Test
  void aChainThatMakesNoSenseSaysWhy() {
    assertThat(Ran.thalweg("explain", "adam | sgd").refusal())
        .isEqualTo(
            "thalweg: 'adam | sgd': sgd descends after adam has; a chain moves the parameter once:"
                + " remove one of them");
  }

  @Test
  void latexIsTheFormulaAlone() {
    assertThat(Ran.thalweg("explain", "--latex", "adam").output())
        .contains("\\theta")
        .contains("\\sqrt{")
        .doesNotContain("Paper", "State:");
  }

  @Test
  void everyOptimizerOfTheCatalogueIsExplained() {
    for (CatalogueEntry entry : Catalogue.entries()) {
      if (entry.kind() == CatalogueEntry.Kind.OPTIMIZER) {
        String spec = Specs.print(entry.plain()); // with what must be given
        assertThat(Ran.thalweg("explain", spec).output()).startsWith(spec + "\n");
      }
    }
  }

  @Test
  void everyNameAloneIsExplainedByAnExampleIfNeedBe() {
    for (CatalogueEntry entry : Catalogue.entries()) {
      String output = Ran.thalweg("explain", entry.id()).output();
      assertThat(output).startsWith(entry.id());
      assertThat(output.contains("must be given; this is an example"))
          .isEqualTo(!entry.mustBeGiven().isEmpty());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "adma | did you mean adam",
        "adam(lrr=1) | did you mean lr?",
        "adam(lr=-1) | adam.lr must be in [0, inf), got -1.0",
        "adam(betas=[0.9]) | beta",
        "adam( | 'adam('",
        "descend() | descend needs lr",
      })
  void aSpecThatCannotBeSaysWhy(String spec, String part) {
    assertThat(Ran.thalweg("explain", spec).refusal()).contains("'" + spec + "'").contains(part);
  }
}
