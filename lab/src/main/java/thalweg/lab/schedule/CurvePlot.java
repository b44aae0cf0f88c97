package thalweg.lab.schedule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import thalweg.text.NumberText;

/** Curves as text: one picture for each hyperparameter that is driven. */
final class CurvePlot {
  private static final int COLUMNS = 66;
  private static final int ROWS = 14;
  private static final String MARKS = "●○◆◇■□▲△+x*";

  /** The eight dots of a Braille cell, column by column, from above. */
  private static final int[][] DOTS = {{0x01, 0x02, 0x04, 0x40}, {0x08, 0x10, 0x20, 0x80}};

  private final Curves curves;
  private final List<Integer> places;
  private final double low;
  private final double high;

  CurvePlot(Curves curves, String quantity) {
    this.curves = curves;
    this.places = curves.of(quantity);
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (int place : places) {
      for (double value : curves.values().get(place)) {
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
    }
    low = least > 0 && least < most / 4 || least == most ? Math.min(0, least) : least;
    high = most > low ? most : low + 1;
  }

  String write() {
    char[][] cells = places.size() == 1 ? braille() : marks();
    String top = label(high);
    String middle = label(low + (high - low) / 2);
    String bottom = label(low);
    int width = Math.max(top.length(), Math.max(middle.length(), bottom.length()));
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < ROWS; row++) {
      String name = row == 0 ? top : row == ROWS - 1 ? bottom : row == ROWS / 2 ? middle : "";
      text.append(" ".repeat(width - name.length()))
          .append(name)
          .append(name.isEmpty() ? " │" : " ┤")
          .append(new String(cells[row]).stripTrailing())
          .append('\n');
    }
    text.append(" ".repeat(width)).append(" └").append("─".repeat(COLUMNS)).append('\n');
    String last = Integer.toString(curves.steps());
    String name = "update";
    int left = (COLUMNS - name.length()) / 2;
    String axis =
        "1"
            + " ".repeat(left - 1)
            + name
            + " ".repeat(COLUMNS - left - name.length() - last.length())
            + last;
    text.append(" ".repeat(width + 2)).append(axis).append('\n');
    if (places.size() > 1) {
      for (int i = 0; i < places.size(); i++) {
        text.append(" ".repeat(width + 2))
            .append(mark(i))
            .append(' ')
            .append(curves.list().get(places.get(i)).label())
            .append('\n');
      }
    }
    return text.toString();
  }

  private static String label(double value) {
    return NumberText.of(Double.parseDouble("%.3g".formatted(value)));
  }

  private static char mark(int i) {
    return MARKS.charAt(i % MARKS.length());
  }

  private char[][] marks() {
    char[][] cells = blank();
    for (int i = 0; i < places.size(); i++) {
      List<int[]> spans = spans(curves.values().get(places.get(i)), COLUMNS, ROWS);
      for (int column = 0; column < COLUMNS; column++) {
        for (int row = spans.get(column)[0]; row <= spans.get(column)[1]; row++) {
          cells[row][column] = mark(i);
        }
      }
    }
    return cells;
  }

  private char[][] braille() {
    char[][] cells = blank();
    List<int[]> spans = spans(curves.values().get(places.getFirst()), COLUMNS * 2, ROWS * 4);
    for (int x = 0; x < COLUMNS * 2; x++) {
      for (int y = spans.get(x)[0]; y <= spans.get(x)[1]; y++) {
        char before = cells[y / 4][x / 2];
        int dots = before == ' ' ? 0x2800 : before;
        cells[y / 4][x / 2] = (char) (dots | DOTS[x % 2][y % 4]);
      }
    }
    return cells;
  }

  private static char[][] blank() {
    char[][] cells = new char[ROWS][COLUMNS];
    for (char[] row : cells) {
      Arrays.fill(row, ' ');
    }
    return cells;
  }

  /** From the highest to the lowest row of each column, joined where the value jumps. */
  private List<int[]> spans(double[] values, int columns, int rows) {
    List<int[]> spans = new ArrayList<>();
    int before = -1;
    for (int column = 0; column < columns; column++) {
      int from = (int) ((long) column * values.length / columns);
      int to = (int) Math.max(from + 1L, (long) (column + 1) * values.length / columns);
      int upper = rows;
      int lower = -1;
      for (int k = from; k < to; k++) {
        int row = (int) Math.round((high - values[k]) / (high - low) * (rows - 1));
        upper = Math.min(upper, row);
        lower = Math.max(lower, row);
      }
      int last = (int) Math.round((high - values[to - 1]) / (high - low) * (rows - 1));
      if (before >= 0 && before < upper - 1) {
        upper = before + 1;
      } else if (before > lower + 1) {
        lower = before - 1;
      }
      before = last;
      spans.add(new int[] {upper, lower});
    }
    return spans;
  }
}
