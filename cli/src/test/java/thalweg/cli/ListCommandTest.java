package thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import thalweg.text.Catalogue;
import thalweg.text.CatalogueEntry;
import thalweg.text.ScheduleCatalogue;

class ListCommandTest {
  @Test
  void everyEntryHasItsSentenceItsArgumentsAndItsPaper() {
    String text = Ran.thalweg("list").output();
    String words = text.replaceAll("\\s+", " ");
    for (CatalogueEntry entry : Catalogue.entries()) {
      assertThat(words).contains(" " + entry.id() + ": " + entry.summary() + " ");
      assertThat(words).contains(" paper: " + entry.paper() + " ");
      entry.textNames().forEach(name -> assertThat(words).contains(name));
    }
    assertThat(text)
        .contains(
            """

            adamw: Adam with decoupled weight decay
                lr=1e-3, betas=[0.9, 0.999], eps=1e-8, weight_decay=0.01, amsgrad=false,
                  eps_placement=outside, bias_correction=true, maximize=false
                paper: Loshchilov and Hutter 2019, Decoupled Weight Decay Regularization,
                  Algorithm 2

            """)
        .contains("\n    max_norm\n");
  }

  @Test
  void linesFitTerminalsOf80Columns() {
    assertThat(Ran.thalweg("list").output().lines())
        .allSatisfy(
            line -> assertThat(line).hasSizeLessThanOrEqualTo(80).isEqualTo(line.stripTrailing()));
  }

  @Test
  void entriesStandUnderTheirPurposeOptimizersFirst() {
    List<String> text = Ran.thalweg("list", "--short").output().lines().toList();
    assertThat(text.getFirst()).isEqualTo("Optimizers");
    assertThat(text.indexOf("Clipping"))
        .isGreaterThan(text.indexOf("Optimizers"))
        .isLessThan(text.indexOf("Scaling"));
    assertThat(text.stream().filter(line -> line.startsWith("clip_by_value "))).hasSize(1);
  }

  @Test
  void shortIsOneLineForEachEntryAndHeading() {
    List<String> text =
        Ran.thalweg("list", "--short").output().lines().filter(line -> !line.isEmpty()).toList();
    long headings = Catalogue.entries().stream().map(CatalogueEntry::purpose).distinct().count();
    assertThat(text)
        .hasSize(
            Catalogue.entries().size() + (int) headings + ScheduleCatalogue.entries().size() + 1);
  }

  @Test
  void wordsNarrowTheList() {
    assertThat(Ran.thalweg("list", "--short", "CLIP", "Global").output())
        .startsWith("Clipping\n\nclip_by_global_norm  scales")
        .doesNotContain("clip_by_value", "adam");
    assertThat(Ran.thalweg("list", "adaam").refusal())
        .isEqualTo(
            "thalweg: nothing in the catalogue says 'adaam'; thalweg list --short shows all of it");
    assertThat(Ran.thalweg("list", "--short", "--json").refusal())
        .startsWith("thalweg: --short, --json are mutually exclusive");
  }

  @Test
  void jsonHoldsEveryEntryWithTextNamesAndComponents() throws Exception {
    JsonNode root = new ObjectMapper().readTree(Ran.thalweg("list", "--json").output());
    assertThat(root.get("format").textValue()).isEqualTo("catalogue/1");
    assertThat(root.get("entries")).hasSize(Catalogue.entries().size());
    for (int i = 0; i < Catalogue.entries().size(); i++) {
      CatalogueEntry entry = Catalogue.entries().get(i);
      JsonNode node = root.get("entries").get(i);
      assertThat(node.get("id").textValue()).isEqualTo(entry.id());
      assertThat(node.get("kind").textValue()).isEqualToIgnoringCase(entry.kind().name());
      assertThat(node.get("purpose").textValue()).isEqualToIgnoringCase(entry.purpose().name());
      assertThat(node.get("summary").textValue()).isEqualTo(entry.summary());
      assertThat(node.get("paper").textValue()).isEqualTo(entry.paper());
      assertThat(node.get("differs")).hasSize(entry.differs().size());
      assertThat(names(node.get("arguments"))).isEqualTo(entry.textNames());
      assertThat(names(node.get("hyperparameters"))).isEqualTo(entry.hyperparameters().names());
    }
  }

  @Test
  void jsonSaysNullWhereAValueMustBeGiven() throws Exception {
    JsonNode root = new ObjectMapper().readTree(Ran.thalweg("list", "--json").output());
    for (JsonNode entry : root.get("entries")) {
      boolean descend = entry.get("id").textValue().equals("descend");
      boolean adam = entry.get("id").textValue().equals("adam");
      if (descend) {
        assertThat(entry.get("arguments").get(0).get("default").isNull()).isTrue();
        assertThat(entry.get("hyperparameters").get(0).get("default").isNull()).isTrue();
      }
      if (adam) {
        assertThat(entry.get("arguments").get(1).toString())
            .isEqualTo("{\"name\":\"betas\",\"default\":\"[0.9, 0.999]\"}");
        assertThat(entry.get("hyperparameters").get(1).get("range").textValue())
            .isEqualTo("[0, 1)");
      }
    }
  }

  private static List<String> names(JsonNode list) {
    List<String> names = new ArrayList<>();
    list.forEach(node -> names.add(node.get("name").textValue()));
    return names;
  }
}
