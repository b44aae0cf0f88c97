package thalweg.lab.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import thalweg.lab.TextTable;
import thalweg.text.NumberText;

/** Curves for a terminal: the numbers as a table, thinned where they are many, and the pictures. */
public final class CurvesText {
  private static final int WHOLE = 40;
  private static final int EVEN = 20;
  private static final int TURNS = 10;

  private CurvesText() {}

  /** Pictures, then numbers. */
  public static String of(Curves curves) {
    StringBuilder text = new StringBuilder();
    for (String quantity : curves.quantities()) {
      List<Integer> places = curves.of(quantity);
      text.append(quantity);
      if (places.size() == 1) {
        text.append(": ").append(curves.list().get(places.getFirst()).schedule());
      }
      text.append("\n\n").append(new CurvePlot(curves, quantity).write()).append('\n');
    }
    return text.append(table(curves)).toString();
  }

  private static String table(Curves curves) {
    TextTable table = new TextTable().column("update", TextTable.Side.RIGHT);
    boolean epochs = curves.stepsPerEpoch() > 0;
    if (epochs) {
      table.column("epoch", TextTable.Side.RIGHT);
    }
    List<Curve> list = curves.list();
    boolean several = list.size() > curves.quantities().size();
    for (int i = 0; i < list.size(); i++) {
      table.column(list.get(i).of() + (several ? " " + (i + 1) : ""), TextTable.Side.LEFT);
    }
    TreeSet<Integer> rows = rows(curves);
    for (int k : rows) {
      List<String> cells = new ArrayList<>();
      cells.add(Integer.toString(k + 1));
      if (epochs) {
        cells.add(Integer.toString(k / curves.stepsPerEpoch() + 1));
      }
      for (double[] values : curves.values()) {
        cells.add(NumberText.of(Double.parseDouble("%.7g".formatted(values[k]))));
      }
      table.row(cells);
    }
    StringBuilder text = new StringBuilder(table.toString());
    if (several) {
      text.append('\n');
      for (int i = 0; i < list.size(); i++) {
        text.append("%s %d: %s\n".formatted(list.get(i).of(), i + 1, list.get(i).schedule()));
      }
    }
    if (rows.size() < curves.steps()) {
      text.append(
          "\n%d of %d updates: evenly, and where a value turns; --json has all.\n"
              .formatted(rows.size(), curves.steps()));
    }
    return text.toString();
  }

  /** The updates to show, from 0. */
  private static TreeSet<Integer> rows(Curves curves) {
    TreeSet<Integer> rows = new TreeSet<>();
    int steps = curves.steps();
    if (steps <= WHOLE) {
      for (int k = 0; k < steps; k++) {
        rows.add(k);
      }
      return rows;
    }
    for (int i = 0; i < EVEN; i++) {
      rows.add((int) Math.round((double) i * (steps - 1) / (EVEN - 1)));
    }
    int turns = 0;
    for (int k = 1; k < steps - 1 && turns < TURNS; k++) {
      for (double[] values : curves.values()) {
        double before = values[k] - values[k - 1];
        double after = values[k + 1] - values[k];
        if (before * after < 0 && rows.add(k)) {
          turns++;
        }
      }
    }
    return rows;
  }
}
