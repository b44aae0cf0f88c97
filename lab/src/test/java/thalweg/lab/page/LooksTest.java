package thalweg.lab.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import thalweg.lab.compare.ComparisonRun;
import thalweg.text.Catalogue;
import thalweg.text.CatalogueEntry;

class LooksTest {
  private static Look alone(String spec) {
    return Looks.of(List.of(spec)).getFirst();
  }

  @Test
  void everyOptimizerOfTheCatalogueHasALookOfItsOwn() {
    List<String> names =
        Catalogue.entries().stream()
            .filter(entry -> entry.kind() == CatalogueEntry.Kind.OPTIMIZER)
            .map(CatalogueEntry::id)
            .toList();
    assertThat(names).contains("sgd", "adam", "swats").hasSizeGreaterThan(30);
    List<Look> looks = names.stream().map(LooksTest::alone).toList();
    assertThat(looks).doesNotHaveDuplicates();
    assertThat(Looks.of(names)).isEqualTo(looks);
  }

  @Test
  void whatIsComparedUnlessAskedHasAColourEach() {
    List<Look> looks = Looks.of(ComparisonRun.STANDARD_OPTIMIZERS);
    assertThat(looks).extracting(Look::light).doesNotHaveDuplicates();
    assertThat(looks).extracting(Look::dark).doesNotHaveDuplicates();
    assertThat(looks).extracting(Look::marker).doesNotHaveDuplicates();
    assertThat(looks).allSatisfy(look -> assertThat(look.dash()).isEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "adam; adam(lr=0.3, betas=[0.8, 0.9])",
        "adam; clip_by_global_norm(1) | adam(lr=warmup(base=1e-3, steps=100)) | lookahead",
        "adam; adam(lr=3e-3) for 15 epochs, then sgd(lr=3e-3, momentum=0.9)",
        "sgd; sgd(lr=0.1, momentum=0)",
        "momentum; sgd(lr=0.1, momentum=0.9)",
        "momentum; add_noise(eta=0.01, seed={seed}) | sgd(momentum=0.9)",
        "nag; sgd(lr=0.1, momentum=0.9, nesterov=true)"
      })
  void settingsAndWhatStandsAroundDoNotChangeALook(String name, String spec) {
    assertThat(alone(spec)).isEqualTo(alone(name));
  }

  @Test
  void variantsOfOneOptimizerShareItsHueAndDiffer() {
    List<Look> looks = Looks.of(List.of("adam(lr=1)", "adamax", "adam(lr=2)", "adam(lr=3)"));
    assertThat(looks).doesNotHaveDuplicates();
    assertThat(looks.get(0)).isEqualTo(alone("adam"));
    assertThat(looks.get(1)).isEqualTo(alone("adamax"));
    assertThat(looks).extracting(Look::dash).doesNotHaveDuplicates();
    assertThat(looks).extracting(Look::marker).doesNotHaveDuplicates();
    assertThat(Looks.of(Collections.nCopies(Hue.TURNS, "sgd"))).doesNotHaveDuplicates();
    assertThat(Looks.of(Collections.nCopies(Hue.TURNS + 5, "sgd"))).hasSize(Hue.TURNS + 5);
  }

  @Test
  void thePlainestOfANameHasItsLook() {
    List<Look> looks = Looks.of(List.of("adam(lr=1, weight_decay=0.1)", "adam(lr=2)"));
    assertThat(looks.get(1)).isEqualTo(alone("adam"));
    assertThat(looks.get(0)).isNotEqualTo(alone("adam"));
  }

  @Test
  void aRuleThatIsNotOfTheCatalogueKeepsItsLook() {
    assertThat(alone("scale_by_rms | descend")).isEqualTo(alone("scale_by_rms | descend"));
    List<String> specs = new ArrayList<>(List.of("mine", "mine(lr=2)", "yours | descend"));
    specs.addAll(Catalogue.ids());
    assertThat(Looks.of(specs.subList(0, 40))).doesNotHaveDuplicates().contains(alone("mine"));
  }

  @Test
  void linesByPlaceDiffer() {
    assertThat(Looks.places(100)).doesNotHaveDuplicates();
    assertThat(Looks.places(0)).isEmpty();
  }

  @Test
  void readersOfEveryKindOfColourVisionTellHuesApart() {
    for (List<String> theme : List.of(plain(Look::light), plain(Look::dark))) {
      for (Vision vision : Vision.values()) {
        for (int i = 0; i < theme.size(); i++) {
          for (int k = 0; k < i; k++) {
            assertThat(vision.difference(theme.get(i), theme.get(k)))
                .as("%s and %s, %s", theme.get(i), theme.get(k), vision)
                .isGreaterThan(vision == Vision.NO_BLUE ? 20 : 24);
          }
        }
      }
    }
  }

  @Test
  void everyShadeStandsOutFromThePaper() {
    for (Hue hue : Hue.values()) {
      for (int turn = 0; turn < 3; turn++) {
        assertThat(Vision.contrast(hue.look(turn).light(), "#ffffff"))
            .as("%s %d", hue, turn)
            .isGreaterThan(2.3);
        assertThat(Vision.contrast(hue.look(turn).dark(), "#1b1f24"))
            .as("%s %d dark", hue, turn)
            .isGreaterThan(3);
      }
    }
  }

  @Test
  void shadesOfAHueDiffer() {
    for (Hue hue : Hue.values()) {
      for (int turn = 1; turn < 3; turn++) {
        Look before = hue.look(turn - 1);
        Look look = hue.look(turn);
        assertThat(Vision.FULL.difference(look.light(), before.light())).isGreaterThan(14);
        assertThat(Vision.FULL.difference(look.dark(), before.dark())).isGreaterThan(9);
      }
    }
    assertThat(new HashSet<>(plain(Look::light))).hasSize(8);
  }

  private static List<String> plain(Function<Look, String> colour) {
    return Arrays.stream(Hue.values()).map(hue -> colour.apply(hue.look(0))).toList();
  }
}
