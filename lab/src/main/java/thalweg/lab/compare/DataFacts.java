package thalweg.lab.compare;

import java.util.ArrayList;
import java.util.List;
import thalweg.lab.data.DataSet;
import thalweg.lab.data.Split;

/**
 * What was learned from, as far as a reader of the result needs it.
 *
 * @param task {@code classification} or {@code regression}
 * @param columns features as the network sees them, after texts became categories
 * @param target name of the predicted column
 * @param classes names; empty in a regression
 * @param source where the data come from, with attribution
 * @param notes what was left out, filled in or guessed, one line each
 */
public record DataFacts(
    String name,
    String task,
    int rows,
    int columns,
    String target,
    List<String> classes,
    int trainRows,
    int validationRows,
    String source,
    List<String> notes) {
  public DataFacts {
    classes = List.copyOf(classes);
    notes = List.copyOf(notes);
  }

  /** The facts of a data set and its split. */
  public static DataFacts of(DataSet data, Split split) {
    List<String> notes = new ArrayList<>(data.notes());
    notes.addAll(split.notes());
    return new DataFacts(
        data.name(),
        data.task().word(),
        data.rows(),
        split.featureNames().size(),
        data.target().name(),
        split.classes(),
        split.train().rows(),
        split.validation().rows(),
        data.source(),
        notes);
  }

  /** Whether numbers are predicted, so that the score is R² and not accuracy. */
  public boolean regression() {
    return task.equals("regression");
  }
}
