package thalweg.lab.catalogue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import thalweg.formula.Hyperparameters;
import thalweg.lab.BadInput;
import thalweg.text.Catalogue;
import thalweg.text.CatalogueEntry;
import thalweg.text.Purpose;
import thalweg.text.ScheduleCatalogue;
import thalweg.text.ScheduleEntry;

/**
 * The catalogue, or what of it was asked for, as text for people and as JSON, format {@code
 * catalogue/1}.
 *
 * @param entries in the order of the catalogue
 * @param schedules in their order
 */
public record CatalogueView(List<CatalogueEntry> entries, List<ScheduleEntry> schedules) {
  private static final String SCHEDULES = "Schedules";

  private static final int COLUMNS = 80;
  private static final int INDENT = 4;

  public CatalogueView {
    entries = List.copyOf(entries);
    schedules = List.copyOf(schedules);
  }

  /**
   * The entries that have all these words in their name, heading, sentence or paper; capitals do
   * not matter. All entries if there are no words.
   *
   * @throws BadInput if there is no such entry
   */
  public static CatalogueView of(List<String> words) {
    List<CatalogueEntry> found =
        Catalogue.entries().stream()
            .filter(entry -> words.stream().allMatch(word -> says(entry, word)))
            .toList();
    List<ScheduleEntry> schedules =
        ScheduleCatalogue.entries().stream()
            .filter(entry -> words.stream().allMatch(word -> says(entry, word)))
            .toList();
    if (found.isEmpty() && schedules.isEmpty()) {
      throw new BadInput(
          "nothing in the catalogue says '%s'; thalweg list --short shows all of it"
              .formatted(String.join(" ", words)));
    }
    return new CatalogueView(found, schedules);
  }

  private static boolean says(ScheduleEntry entry, String word) {
    return says(String.join("\n", entry.id(), SCHEDULES, entry.summary(), entry.paper()), word);
  }

  private static boolean says(CatalogueEntry entry, String word) {
    return says(
        String.join("\n", entry.id(), entry.purpose().title(), entry.summary(), entry.paper()),
        word);
  }

  private static boolean says(String text, String word) {
    return text.toLowerCase(Locale.ROOT).contains(word.toLowerCase(Locale.ROOT));
  }

  /** Each with its sentence, its arguments with their defaults, and its paper. */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (Purpose purpose : purposes()) {
      text.append(purpose.title()).append("\n\n");
      for (CatalogueEntry entry : of(purpose)) {
        describe(text, entry);
        text.append('\n');
      }
    }
    if (!schedules.isEmpty()) {
      text.append(SCHEDULES).append("\n\n");
      for (ScheduleEntry entry : schedules) {
        List<String> arguments =
            entry.inJavaOnly() ? List.of("a function in Java") : entry.arguments();
        describe(text, entry.id(), entry.summary(), arguments, entry.paper());
        text.append('\n');
      }
    }
    return text.append(
            """
            An argument without a value must be given. Write one alone or as a chain:
              adamw(lr=3e-4, betas=[0.9, 0.95])
              clip_by_global_norm(1.0) | sgd(lr=0.1, momentum=0.9)
            A schedule stands for any number: sgd(lr=cosine_annealing(base=0.1, T_max=9)).

            Fewer lines: thalweg list --short     Some of them: thalweg list WORD
            One of them in full: thalweg explain NAME
            """)
        .toString();
  }

  private static void describe(StringBuilder text, CatalogueEntry entry) {
    List<String> arguments = new ArrayList<>();
    for (Argument argument : Argument.of(entry)) {
      arguments.add(
          argument.standard().isEmpty()
              ? argument.name()
              : argument.name() + "=" + argument.standard());
    }
    describe(text, entry.id(), entry.summary(), arguments, entry.paper());
  }

  private static void describe(
      StringBuilder text, String id, String summary, List<String> arguments, String paper) {
    wrap(text, "", List.of((id + ": " + summary).split(" ")), " ");
    if (!arguments.isEmpty()) {
      wrap(text, " ".repeat(INDENT), arguments, ", ");
    }
    wrap(text, " ".repeat(INDENT), List.of(("paper: " + paper).split(" ")), " ");
  }

  /** Each with its sentence alone. */
  public String brief() {
    StringBuilder text = new StringBuilder();
    int names =
        Stream.concat(
                    entries.stream().map(CatalogueEntry::id),
                    schedules.stream().map(ScheduleEntry::id))
                .mapToInt(String::length)
                .max()
                .orElse(0)
            + 2;
    for (Purpose purpose : purposes()) {
      text.append(text.isEmpty() ? "" : "\n").append(purpose.title()).append("\n\n");
      for (CatalogueEntry entry : of(purpose)) {
        line(text, names, entry.id(), entry.summary());
      }
    }
    if (!schedules.isEmpty()) {
      text.append(text.isEmpty() ? "" : "\n").append(SCHEDULES).append("\n\n");
      schedules.forEach(entry -> line(text, names, entry.id(), entry.summary()));
    }
    return text.toString();
  }

  private static void line(StringBuilder text, int names, String id, String summary) {
    text.append(id).repeat(' ', names - id.length()).append(summary).append('\n');
  }

  private List<Purpose> purposes() {
    return entries.stream().map(CatalogueEntry::purpose).distinct().sorted().toList();
  }

  private List<CatalogueEntry> of(Purpose purpose) {
    return entries.stream().filter(entry -> entry.purpose() == purpose).toList();
  }

  /** Words in lines that fit the columns; further lines go in deeper. */
  private static void wrap(StringBuilder text, String indent, List<String> words, String between) {
    StringBuilder line = new StringBuilder(indent);
    boolean empty = true;
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i) + (i < words.size() - 1 ? between : "");
      if (!empty && line.length() + word.stripTrailing().length() > COLUMNS) {
        text.append(line.toString().stripTrailing()).append('\n');
        line.setLength(0);
        line.repeat(' ', INDENT + 2);
      }
      line.append(word);
      empty = false;
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }

  /** Everything the catalogue says, one object an entry. */
  public String json() {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode root = mapper.createObjectNode().put("format", "catalogue/1");
    ArrayNode list = root.putArray("entries");
    for (CatalogueEntry entry : entries) {
      ObjectNode node =
          list.addObject()
              .put("id", entry.id())
              .put("kind", entry.kind().name().toLowerCase(Locale.ROOT))
              .put("purpose", entry.purpose().name().toLowerCase(Locale.ROOT))
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
      hyperparameters(node, entry.hyperparameters());
    }
    ArrayNode others = root.putArray("schedules");
    for (ScheduleEntry entry : schedules) {
      ObjectNode node =
          others
              .addObject()
              .put("id", entry.id())
              .put("summary", entry.summary())
              .put("formula", entry.formula())
              .put("paper", entry.paper())
              .put("java_only", entry.inJavaOnly());
      ArrayNode differs = node.putArray("differs");
      entry.differs().forEach(differs::add);
      hyperparameters(node, entry.hyperparameters());
    }
    return root.toPrettyString();
  }

  private static void hyperparameters(ObjectNode node, Hyperparameters all) {
    ArrayNode hypers = node.putArray("hyperparameters");
    for (Hyperparameters.Component hyper : all.list()) {
      ObjectNode one = hypers.addObject().put("name", hyper.name()).put("kind", hyper.kind());
      if (hyper.standard().isEmpty()) {
        one.putNull("default");
      } else {
        one.put("default", hyper.standard());
      }
      one.put("range", hyper.range());
    }
  }
}
