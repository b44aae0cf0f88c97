package thalweg.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A table of measured numbers on a page: it must be what is measured, up to what another machine's
 * logarithms may do. With the system property {@code thalweg.approve=write} it is written instead.
 *
 * @param page the page, from the root of the project
 * @param name what stands in the comments around it
 * @param head the titles of its columns
 */
record DocTable(String page, String name, List<String> head) {
  private static final double ERROR = 0.25;

  /** A line: its title and its numbers. */
  record Row(String title, double... numbers) {
    String text() {
      StringBuilder text = new StringBuilder("| ").append(title);
      for (double number : numbers) {
        text.append(" | ").append(number(number));
      }
      return text.append(" |").toString();
    }

    private static String number(double number) {
      return number == 0
          ? "0"
          : number < 0.001
              ? String.format(Locale.ROOT, "%.0e", number)
              : number < 10
                  ? String.format(Locale.ROOT, "%.2g", number)
                  : String.format(Locale.ROOT, "%.0f", number);
    }
  }

  void holds(List<Row> rows) throws IOException {
    Path path =
        Path.of(System.getProperty("basedir", "."), "..", page).toAbsolutePath().normalize();
    String text = Files.readString(path);
    String start = "<!-- " + name + " -->\n";
    String end = "<!-- end of " + name + " -->";
    assertThat(text).as(page).contains(start, end);
    int from = text.indexOf(start) + start.length();
    int to = text.indexOf(end);
    if ("write".equals(System.getProperty("thalweg.approve"))) {
      StringBuilder table = new StringBuilder("| " + String.join(" | ", head) + " |\n");
      table.append("|").append(" --- |".repeat(head.size())).append('\n');
      rows.forEach(row -> table.append(row.text()).append('\n'));
      Files.writeString(path, text.substring(0, from) + table + text.substring(to));
      return;
    }
    List<String> lines = text.substring(from, to).lines().skip(2).toList();
    assertThat(lines).as(name + " on " + page).hasSameSizeAs(rows);
    for (int i = 0; i < lines.size(); i++) {
      List<String> cells =
          Arrays.stream(lines.get(i).split("\\|")).skip(1).map(String::strip).toList();
      Row row = rows.get(i);
      assertThat(cells).as(lines.get(i)).hasSize(1 + row.numbers().length);
      assertThat(cells.getFirst()).isEqualTo(row.title());
      for (int j = 0; j < row.numbers().length; j++) {
        double said = Double.parseDouble(cells.get(j + 1));
        assertThat(Math.abs(said - row.numbers()[j]))
            .as("%s, column %d: %s measured, %s said", row.title(), j, row.numbers()[j], said)
            .isLessThanOrEqualTo(ERROR * Math.max(said, row.numbers()[j]));
      }
    }
  }
}
