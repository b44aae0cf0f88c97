package thalweg.lab.catalogue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import thalweg.formula.Hyperparameters;
import thalweg.text.Catalogue;
import thalweg.text.CatalogueEntry;

/** The catalogue as text for people and as JSON, format {@code catalogue/1}. */
public final class CatalogueView {
  private static final int COLUMNS = 96;

  private CatalogueView() {}

  /** Optimizers, then transformations: a line what each does, below it what it takes. */
  public static String text() {
    List<CatalogueEntry> entries = Catalogue.entries();
    StringBuilder text = new StringBuilder();
    for (CatalogueEntry.Kind kind : CatalogueEntry.Kind.values()) {
      text.append(
          switch (kind) {
            case OPTIMIZER -> "Optimizers\n\n";
            case TRANSFORMATION -> "\nTransformations, joined with | in front of an optimizer\n\n";
          });
      List<CatalogueEntry> ofKind = entries.stream().filter(e -> e.kind() == kind).toList();
      int names = ofKind.stream().mapToInt(entry -> entry.id().length()).max().orElse(0);
      ofKind.forEach(entry -> append(text, entry, names + 2));
    }
    return text.append(
            """

            An argument without a value must be given. Write one alone or as a chain:
              adamw(lr=3e-4, betas=[0.9, 0.95])
              clip_by_global_norm(1.0) | sgd(lr=0.1, momentum=0.9)

            One of them in full: thalweg explain NAME
            """)
        .toString();
  }

  private static void append(StringBuilder text, CatalogueEntry entry, int indent) {
    wrap(text, entry.id(), indent, List.of(entry.summary().split(" ")), " ");
    List<String> arguments = new ArrayList<>();
    for (Argument argument : Argument.of(entry)) {
      arguments.add(
          argument.standard().isEmpty()
              ? argument.name()
              : argument.name() + "=" + argument.standard());
    }
    if (!arguments.isEmpty()) {
      wrap(text, "", indent + 2, arguments, ", ");
    }
  }

  /** Words from an indent on, in lines that fit the columns; the name stands before the first. */
  private static void wrap(
      StringBuilder text, String name, int indent, List<String> words, String between) {
    StringBuilder line = new StringBuilder(name).repeat(' ', indent - name.length());
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i) + (i < words.size() - 1 ? between : "");
      if (line.length() > indent && line.length() + word.stripTrailing().length() > COLUMNS) {
        text.append(line.toString().stripTrailing()).append('\n');
        line.setLength(0);
        line.repeat(' ', indent);
      }
      line.append(word);
    }
    text.append(line.toString().stripTrailing()).append('\n');
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
      ArrayNode arguments = node.putArray("arguments");
      for (Argument argument : Argument.of(entry)) {
        ObjectNode one = arguments.addObject().put("name", argument.name());
        if (argument.standard().isEmpty()) {
          one.putNull("default");
        } else {
          one.put("default", argument.standard());
        }
      }
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
}
