package thalweg.lab;

import java.util.ArrayList;
import java.util.List;

/**
 * A table as aligned plain text: names, a rule, rows, columns two spaces apart. A column without a
 * name has no rule either.
 */
public final class TextTable {
  /** Where a column's text stands. */
  public enum Side {
    LEFT,
    RIGHT
  }

  private final List<String> names = new ArrayList<>();
  private final List<Side> sides = new ArrayList<>();
  private final List<List<String>> rows = new ArrayList<>();

  /** A table without columns or rows yet. */
  public TextTable() {}

  /** Adds a column; all columns come before the first row. */
  public TextTable column(String name, Side side) {
    names.add(name);
    sides.add(side);
    return this;
  }

  /** Adds a row of as many cells as there are columns. */
  public TextTable row(List<String> cells) {
    if (cells.size() != names.size()) {
      throw new IllegalArgumentException(
          "a row of %d cells in a table of %d columns".formatted(cells.size(), names.size()));
    }
    rows.add(List.copyOf(cells));
    return this;
  }

  /** The whole text; every line ends in a line break and none in a space. */
  @Override
  public String toString() {
    int[] widths = new int[names.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = width(names.get(i));
      for (List<String> row : rows) {
        widths[i] = Math.max(widths[i], width(row.get(i)));
      }
    }
    StringBuilder text = new StringBuilder();
    line(text, names, widths);
    List<String> rule = new ArrayList<>();
    for (int i = 0; i < widths.length; i++) {
      rule.add(names.get(i).isEmpty() ? "" : "-".repeat(widths[i]));
    }
    line(text, rule, widths);
    rows.forEach(row -> line(text, row, widths));
    return text.toString();
  }

  private void line(StringBuilder text, List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String space = " ".repeat(widths[i] - width(cells.get(i)));
      line.append(i == 0 ? "" : "  ");
      line.append(
          switch (sides.get(i)) {
            case LEFT -> cells.get(i) + space;
            case RIGHT -> space + cells.get(i);
          });
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
