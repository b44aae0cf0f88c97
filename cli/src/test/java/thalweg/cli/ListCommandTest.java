package thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import thalweg.text.Catalogue;
import thalweg.text.CatalogueEntry;

class ListCommandTest {
  @Test
  void everyEntryHasItsSummaryAndItsArgumentsAsTheTextFormWritesThem() {
    String text = Ran.thalweg("list").output();
    String words = text.replaceAll("\\s+", " ");
    for (CatalogueEntry entry : Catalogue.entries()) {
      assertThat(words).contains(" " + entry.id() + " " + entry.summary());
    }
    assertThat(text)
        .containsPattern("\nadamw +Adam with decoupled weight decay\n")
        .containsPattern("\n +lr=1e-3, betas=\\[0.9, 0.999], eps=1e-8, weight_decay=0.01,")
        .containsPattern("\n +max_norm\n");
  }

  @Test
  void linesFitTerminalsOf100Columns() {
    assertThat(Ran.thalweg("list").output().lines())
        .allSatisfy(
            line -> assertThat(line).hasSizeLessThanOrEqualTo(96).isEqualTo(line.stripTrailing()));
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
