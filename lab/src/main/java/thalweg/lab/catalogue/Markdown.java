package thalweg.lab.catalogue;

import java.util.List;

/** Text that Markdown shows as it is. */
final class Markdown {
  private Markdown() {}

  /** Prose: what Markdown would take for emphasis, code, a tag or a column. */
  static String escaped(String text) {
    return text.replaceAll("(?<!\\w)[*_]|[*_](?!\\w)|[|<>`]", "\\\\$0");
  }

  /** A row of a table; bars inside a cell do not end it. */
  static String row(String... cells) {
    return "| " + String.join(" | ", List.of(cells)) + " |";
  }
}
