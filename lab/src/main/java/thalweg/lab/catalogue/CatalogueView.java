package thalweg.lab.catalogue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import thalweg.formula.Hyperparameters;
import thalweg.lab.TextTable;
import thalweg.text.Catalogue;
import thalweg.text.CatalogueEntry;

/** The catalogue as a table for people and as JSON, format {@code catalogue/1}. */
public final class CatalogueView {
  private CatalogueView() {}

  /** Optimizers, then transformations, each with hyperparameters, defaults and effect. */
  public static String text() {
    StringBuilder text = new StringBuilder();
    for (CatalogueEntry.Kind kind : CatalogueEntry.Kind.values()) {
      text.append(
          switch (kind) {
            case OPTIMIZER -> "Optimizers\n\n";
            case TRANSFORMATION -> "\nTransformations, joined with | in front of an optimizer\n\n";
          });
      TextTable table =
          new TextTable()
              .column("name", TextTable.Side.LEFT)
              .column("what it does", TextTable.Side.LEFT)
              .column("hyperparameters and defaults", TextTable.Side.LEFT);
      for (CatalogueEntry entry : of(kind)) {
        List<String> hypers = new ArrayList<>();
        for (Hyperparameters.Component hyper : entry.hyperparameters().list()) {
          hypers.add(
              hyper.standard().isEmpty() ? hyper.name() : hyper.name() + "=" + hyper.standard());
        }
        table.row(List.of(entry.id(), entry.summary(), String.join(", ", hypers)));
      }
      text.append(table);
    }
    return text.append("\nOne of them in full: thalweg explain NAME\n").toString();
  }

  /** Everything the catalogue says, one object an entry. */
  public static String json() {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode root = mapper.createObjectNode().put("format", "catalogue/1");
    ArrayNode entries = root.putArray("entries");
    for (CatalogueEntry entry : Catalogue.entries()) {
      ObjectNode node =
          entries
              .addObject()
              .put("id", entry.id())
              .put("kind", entry.kind().name().toLowerCase(Locale.ROOT))
              .put("summary", entry.summary())
              .put("paper", entry.paper());
      ArrayNode differs = node.putArray("differs");
      entry.differs().forEach(differs::add);
      ArrayNode hypers = node.putArray("hyperparameters");
      for (Hyperparameters.Component hyper : entry.hyperparameters().list()) {
        ObjectNode one = hypers.addObject().put("name", hyper.name()).put("kind", hyper.kind());
        if (hyper.standard().isEmpty()) {
          one.putNull("default");
        } else {
          one.put("default", hyper.standard());
        }
        one.put("range", hyper.range());
      }
    }
    return root.toPrettyString();
  }

  private static List<CatalogueEntry> of(CatalogueEntry.Kind kind) {
    return Catalogue.entries().stream().filter(entry -> entry.kind() == kind).toList();
  }
}
