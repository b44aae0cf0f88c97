package thalweg.lab.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import thalweg.formula.Formula;
import thalweg.lab.BadInput;
import thalweg.optimizer.Needs;
import thalweg.text.Catalogue;
import thalweg.text.CatalogueEntry;
import thalweg.text.Specs;

class EntrantTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "adam                       | true",
        "sgd(momentum=0.9)          | true",
        "adagrad(lr_decay=0.1)      | true",
        "sgd(lr=0.1)                | false",
        "sgd( lr =0.1)              | false",
        "sgd(lr=1e-3)               | false",
        "sgd(0.1)                   | false",
        "sgd(1e-3)                  | false",
        "sgd( .5, momentum=0.9)     | false",
      })
  void aRateThatIsWrittenIsNotChosen(String spec, boolean tunable) {
    assertThat(Entrant.of(spec).tunable()).isEqualTo(tunable);
  }

  @Test
  void aChainIsTunedOnItsLastLink() {
    Entrant chain = Entrant.of("clip_by_global_norm(1.0) | adamw");
    assertThat(chain.tunable()).isTrue();
    assertThat(chain.at(0.03)).isEqualTo(Specs.parse("clip_by_global_norm(1.0) | adamw(lr=0.03)"));
    assertThat(Entrant.of("clip_by_global_norm(1.0) | adamw(0.03)").tunable()).isFalse();
    assertThat(Entrant.of("scale_by_adam | descend(0.1)").tunable()).isFalse();
    assertThat(Entrant.of("scale_by_adam | descend(0.1)").rate()).isEqualTo(0.1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "adam                                  | adam",
        "sgd(lr=0.1)                           | sgd(lr=0.1)",
        "sgd(lr=0.001)                         | sgd(lr=1e-3)",
        "sgd(0.001, momentum=0.9)              | sgd(lr=1e-3, momentum=0.9)",
        "adam(betas=[0.8,0.9])                 | adam(betas=[0.8, 0.9])",
      })
  void aNameShowsTheRateOnlyWhereItWasGiven(String spec, String id) {
    assertThat(Entrant.of(spec).id()).isEqualTo(id);
    assertThat(Specs.parse(id)).isEqualTo(Specs.parse(spec));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "sgd(lr=cosine_annealing(base=0.1, T_max=9)) | false",
        "sgd(cosine_annealing(lr=0.1, T_max=9))      | false",
        "sgd(lr=one_cycle(max_lr=0.1, total_steps=9))| false",
        "adam(lr=noam(d_model=512))                  | false",
        "sgd(lr=cosine_annealing(T_max=9))           | true",
        "sgd(lr=warmup(3).then(exponential(0.9)))    | true",
        "sgd(momentum=linear(base=0.9))              | true",
      })
  void theBaseOfAScheduleIsTheRateToChoose(String spec, boolean tunable) {
    assertThat(Entrant.of(spec).tunable()).isEqualTo(tunable);
  }

  @Test
  void aScheduledRateIsTunedByItsBase() {
    Entrant entrant = Entrant.of("sgd(lr=warmup(3).then(cosine_annealing(T_max=9)), momentum=0.9)");
    assertThat(Specs.print(entrant.at(0.25)))
        .isEqualTo(
            "sgd(lr=warmup(base=0.25, steps=3).then(cosine_annealing(T_max=9)), momentum=0.9)");
    assertThat(entrant.rate()).isEqualTo(1e-3);
    assertThat(entrant.id())
        .isEqualTo("sgd(lr=warmup(steps=3).then(cosine_annealing(T_max=9)), momentum=0.9)");
    assertThat(Specs.parse(entrant.id())).isEqualTo(entrant.rule());
  }

  @Test
  void everyOptimizerOfTheCatalogueCanBeTuned() {
    for (CatalogueEntry entry : Catalogue.entries()) {
      if (entry.kind() == CatalogueEntry.Kind.OPTIMIZER
          && Needs.of(Formula.of(entry.plain())) != Needs.TERMS) {
        Entrant entrant = Entrant.of(entry.id());
        assertThat(entrant.tunable()).as(entry.id()).isTrue();
        assertThat(entrant.at(0.25))
            .isEqualTo(Specs.parse(entry.id() + "(lr=0.25)"))
            .isEqualTo(Specs.parse(entry.id() + "(0.25)"));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sag(terms=10)",
        "saga(terms=10)",
        "svrg(inner=5)",
        "skip_nonfinite | svrg(inner=5)"
      })
  void rulesThatNeedSingleTermsDoNotEnter(String spec) {
    assertThatThrownBy(() -> Entrant.of(spec))
        .isInstanceOf(BadInput.class)
        .hasMessageStartingWith("'" + spec + "' needs to know single terms of the loss, ");
  }

  @Test
  void hyperparametersAreWrittenAsInTheTextForm() {
    assertThat(Entrant.hyperparameters(Specs.parse("adam(lr=0.01, beta2=0.9999999)")))
        .contains(entry("lr", "0.01"), entry("betas", "[0.9, 0.9999999]"), entry("eps", "1e-8"))
        .containsEntry("eps_placement", "outside")
        .containsEntry("amsgrad", "false");
  }

  @Test
  void twoLinksOfOneNameKeepTheirOwnHyperparameters() {
    Map<String, String> values =
        Entrant.hyperparameters(
            Specs.parse("clip_by_value(0.5) | clip_by_value(0.2) | sgd(lr=0.1)"));
    assertThat(values)
        .containsEntry("clip_by_value.clip_value", "0.5")
        .containsEntry("clip_by_value2.clip_value", "0.2")
        .containsEntry("sgd.lr", "0.1");
  }
}
