package thalweg.lab.catalogue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import thalweg.print.Explanation;
import thalweg.text.Catalogue;
import thalweg.text.CatalogueEntry;
import thalweg.text.Purpose;

/** The documentation pages of the whole catalogue, and the table of contents over them. */
public final class CataloguePages {
  /** Where the pages of optimizers are, below the folder of the documentation. */
  public static final String OPTIMIZERS = "optimizers";

  /** Where the pages of transformations are. */
  public static final String TRANSFORMATIONS = "transformations";

  /** Where the page of schedules is. */
  public static final String SCHEDULES = "schedules";

  private static final String INDEX = OPTIMIZERS + "/README.md";

  private CataloguePages() {}

  /** Every page in Markdown, by its path below the folder of the documentation. */
  public static Map<String, String> all() {
    Map<String, String> pages = new TreeMap<>();
    for (CatalogueEntry entry : Catalogue.entries()) {
      pages.put(path(entry), new RulePage(entry).write());
    }
    pages.put(INDEX, index());
    pages.put(SCHEDULES + "/README.md", SchedulesPage.write());
    return pages;
  }

  private static String path(CatalogueEntry entry) {
    return switch (entry.kind()) {
          case OPTIMIZER -> OPTIMIZERS;
          case TRANSFORMATION -> TRANSFORMATIONS;
        }
        + "/"
        + entry.id()
        + ".md";
  }

  private static String index() {
    StringBuilder text =
        new StringBuilder(
            """
            <!-- Generated from the catalogue. Do not edit: CONTRIBUTING.md has the command. -->

            # Optimizers and transformations

            An optimizer stands alone: `adamw(lr=3e-4)`. Transformations are joined to it, or to each other, with `|`, or `chain` in Java:
            `clip_by_global_norm(1.0) | adamw(lr=3e-4)`. Every page is printed from the code that runs: the formula, its hyperparameters, what it
            remembers, its passes over memory, where it differs from other libraries, its paper. `./thalweg explain NAME` says the same on a
            terminal, for a whole chain too.

            State is in bytes a parameter of float32, and passes are over memory, by default; a transformation's are counted with the
            descent behind it.
            """);
    for (Purpose purpose : Purpose.values()) {
      List<CatalogueEntry> entries =
          Catalogue.entries().stream().filter(entry -> entry.purpose() == purpose).toList();
      if (entries.isEmpty()) {
        continue;
      }
      text.append("\n## ").append(purpose.title()).append("\n\n");
      row(text, "name", "what it does", "state", "passes", "paper");
      row(text, "---", "---", "---:", "---:", "---");
      for (CatalogueEntry entry : entries) {
        Explanation explained = Explanation.of(entry.plain());
        row(
            text,
            "[`%s`](%s)".formatted(entry.id(), fromIndex(path(entry))),
            Markdown.escaped(entry.summary()),
            Long.toString(explained.stateBytes()),
            Integer.toString(explained.trips().size()),
            Markdown.escaped(entry.paper()));
      }
    }
    return text.toString();
  }

  private static String fromIndex(String path) {
    return path.startsWith(OPTIMIZERS + "/")
        ? path.substring(OPTIMIZERS.length() + 1)
        : "../" + path;
  }

  private static void row(StringBuilder text, String... cells) {
    text.append(Markdown.row(cells)).append('\n');
  }
}
