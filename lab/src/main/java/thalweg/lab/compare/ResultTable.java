package thalweg.lab.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import thalweg.lab.RangeEnd;
import thalweg.lab.TextTable;

/** The table of a comparison's results, best first, for the terminal and for the report. */
public final class ResultTable {
  private ResultTable() {}

  /** Aligned plain text for the terminal, ending in a line break. */
  public static String text(Comparison comparison) {
    TextTable table = new TextTable();
    List<String> header = header(comparison);
    for (int i = 0; i < header.size(); i++) {
      boolean words = i == 0 || i == header.size() - 1;
      table.column(header.get(i), words ? TextTable.Side.LEFT : TextTable.Side.RIGHT);
    }
    for (OptimizerResult optimizer : comparison.ranked()) {
      List<String> cells = new ArrayList<>(List.of(optimizer.id()));
      cells.addAll(cells(comparison, optimizer));
      table.row(cells);
    }
    StringBuilder text = new StringBuilder(table.toString());
    for (String note : notes(comparison)) {
      text.append(text.indexOf("\n\n") < 0 ? "\n" : "").append(note).append('\n');
    }
    return text.toString();
  }

  /** What a reader of the rates should know: which were chosen at an end of the grid. */
  static List<String> notes(Comparison comparison) {
    List<String> notes = new ArrayList<>();
    boolean chosen = comparison.optimizers().stream().anyMatch(o -> !o.tuning().isEmpty());
    if (chosen && comparison.settings().loss().equals("perceptron")) {
      notes.add(
          "the perceptron's loss shrinks with the weights, so it favours small rates; give the"
              + " rule's own, as in sgd(lr=1)");
    }
    for (OptimizerResult optimizer : comparison.ranked()) {
      List<TuningPoint> tuning = optimizer.tuning();
      if (tuning.isEmpty()) {
        continue;
      }
      if (tuning.stream().allMatch(TuningPoint::diverged)) {
        notes.add("%s: every learning rate diverged".formatted(optimizer.id()));
        continue;
      }
      List<Double> rates = tuning.stream().map(TuningPoint::rate).toList();
      RangeEnd.of(rates.indexOf(optimizer.rate()), rates.size() - 1)
          .map(end -> end.said(Figures.significant(optimizer.rate(), 3), "rate"))
          .ifPresent(said -> notes.add(optimizer.id() + ": " + said));
    }
    return notes;
  }

  /** Names of the columns. */
  static List<String> header(Comparison comparison) {
    return List.of(
        "optimizer",
        "rate",
        "train loss",
        "validation " + comparison.scoreName(),
        "ms/step",
        "memory B/param",
        "computed",
        "");
  }

  /** One optimizer's cells, without the first, its name. */
  static List<String> cells(Comparison comparison, OptimizerResult optimizer) {
    return List.of(
        Figures.significant(optimizer.rate(), 3),
        Figures.loss(optimizer.trainLoss().mean()),
        Figures.score(optimizer.score(), comparison.data().regression()),
        Figures.significant(optimizer.millisecondsPerStep().mean(), 3),
        held(comparison, optimizer, OptimizerMemory::held),
        held(comparison, optimizer, OptimizerMemory::computed),
        mark(optimizer));
  }

  private static String held(
      Comparison comparison, OptimizerResult optimizer, ToLongFunction<OptimizerMemory> bytes) {
    OptimizerMemory memory = optimizer.memory();
    return Figures.significant(
        memory == null
            ? Double.NaN
            : (double) bytes.applyAsLong(memory) / comparison.settings().parameters(),
        3);
  }

  /** Says how many runs diverged; empty when none did. */
  static String mark(OptimizerResult optimizer) {
    int diverged = optimizer.divergedRuns();
    int runs = optimizer.runs().size();
    if (diverged == 0) {
      return "";
    }
    return diverged == runs ? "diverged" : "diverged in %d of %d".formatted(diverged, runs);
  }
}
