package thalweg.checkpoint.pytorch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import thalweg.formula.Formula;
import thalweg.formula.Remembered;
import thalweg.text.Catalogue;
import thalweg.text.Specs;

/** The table of PyTorch's optimizers agrees with the catalogue, and the page with the table. */
class TorchRuleTest {
  private static final Path PAGE =
      Path.of(System.getProperty("basedir", ".")).resolve("../docs/pytorch-checkpoints.md");

  private static String row(TorchRule rule) {
    return "| `%s` | `%s` | %s | %s | %s |"
        .formatted(
            rule.name(),
            rule.id(),
            rule.options().stream().map(TorchRule.Option::name).collect(Collectors.joining(", ")),
            String.join(", ", rule.states()),
            switch (rule.step()) {
              case NONE -> "none: whoever has a state is behind its first update";
              case WHOLE -> "step, an int";
              case TENSOR -> rule.begins() ? "step, a tensor; from the start" : "step, a tensor";
            });
  }

  @Test
  void thePageHasTheTable() throws IOException {
    String rows =
        TorchRule.all().stream().map(TorchRuleTest::row).collect(Collectors.joining("\n"));
    assertThat(Files.readString(PAGE)).contains("|---|---|---|---|---|\n" + rows + "\n\n");
  }

  @Test
  void everyStateOfOursHasAKeyThere() {
    List<String> switches =
        List.of(
            "sgd(momentum=0.9)",
            "adam(amsgrad=true)",
            "adamw(amsgrad=true)",
            "rmsprop(momentum=0.9, centered=true)");
    for (TorchRule rule : TorchRule.all()) {
      var widest =
          switches.stream()
              .filter(text -> text.startsWith(rule.id() + "("))
              .findFirst()
              .map(Specs::parse)
              .orElseGet(() -> Catalogue.find(rule.id()).orElseThrow().plain());
      Formula formula = Formula.of(widest);
      assertThat(formula.states().stream().map(Remembered::key))
          .allSatisfy(key -> assertThat(key).startsWith(rule.id() + "/"));
      List<String> names =
          java.util.stream.Stream.concat(formula.states().stream(), formula.numbers().stream())
              .map(state -> state.key().substring(rule.id().length() + 1))
              .toList();
      assertThat(rule.states()).as(rule.name()).containsAll(names);
      if (!rule.id().equals("adafactor")) {
        assertThat(names).as(rule.name()).containsAll(rule.states());
      }
    }
  }

  @Test
  void whatOursHasMoreIsADialect() {
    for (TorchRule rule : TorchRule.all()) {
      List<String> ours = Catalogue.find(rule.id()).orElseThrow().textNames();
      assertThat(ours).as(rule.name()).containsAll(rule.dialects().keySet());
    }
    assertThat(TorchRule.all().get(1).options().stream().map(TorchRule.Option::name))
        .containsExactly(
            "lr", "betas", "eps", "weight_decay", "amsgrad", "maximize", "decoupled_weight_decay");
  }
}
