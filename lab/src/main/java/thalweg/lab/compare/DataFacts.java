package thalweg.lab.compare;

import java.util.List;
import thalweg.lab.data.Prepared;
import thalweg.lab.data.Task;
import thalweg.torch.Targets;

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

  /** The facts of prepared data. */
  public static DataFacts of(Prepared data) {
    Task task =
        data.train().targets() instanceof Targets.Values ? Task.REGRESSION : Task.CLASSIFICATION;
    return new DataFacts(
        data.name(),
        task.word(),
        data.train().rows() + data.validation().rows() + data.test().rows(),
        data.form().columns(),
        data.target(),
        data.classes(),
        data.train().rows(),
        data.validation().rows(),
        data.source(),
        data.notes());
  }

  /** Whether numbers are predicted, so that the score is R² and not accuracy. */
  public boolean regression() {
    return task.equals("regression");
  }
}
