package thalweg.lab.data;

import java.util.List;
import java.util.Optional;
import thalweg.torch.Curriculum;
import thalweg.torch.Form;
import thalweg.torch.Samples;
import thalweg.torch.Targets;

/**
 * Data ready to train on.
 *
 * @param name short, for titles
 * @param source where the data come from, with the attribution their licence asks for
 * @param target what is predicted, as the column's name
 * @param form what the columns of a sample mean
 * @param test may have no rows
 * @param classes the classes' names; the characters of a text; empty in a regression
 * @param classWeights balanced: n / (k n_c) of the training part, one a class; empty in a
 *     regression and for a text
 * @param curriculum in which order to train; empty for any
 * @param notes what a user should know of how it was prepared, one line each
 */
@SuppressWarnings("ArrayRecordComponent") // a few numbers, never compared
public record Prepared(
    String name,
    String source,
    String target,
    Form form,
    Samples train,
    Samples validation,
    Samples test,
    List<String> classes,
    float[] classWeights,
    Optional<Curriculum> curriculum,
    List<String> notes) {
  public Prepared {
    classes = List.copyOf(classes);
    notes = List.copyOf(notes);
    for (Samples part : List.of(train, validation, test)) {
      if (part.columns() != form.columns()) {
        throw new IllegalArgumentException(
            "'%s': samples of %d columns are not %s".formatted(name, part.columns(), form));
      }
    }
  }

  /** With {@code class}, {@code token} or {@code value} as the target. */
  public Prepared(
      String name,
      String source,
      Form form,
      Samples train,
      Samples validation,
      Samples test,
      List<String> classes,
      float[] classWeights,
      Optional<Curriculum> curriculum,
      List<String> notes) {
    this(
        name,
        source,
        switch (train.targets()) {
          case Targets.Classes _ -> "class";
          case Targets.Tokens _ -> "token";
          case Targets.Values _ -> "value";
        },
        form,
        train,
        validation,
        test,
        classes,
        classWeights,
        curriculum,
        notes);
  }

  /** Outputs a network needs. */
  public int outputs() {
    return train.targets().outputs();
  }

  /** The same data in the order of a curriculum. */
  public Prepared with(Optional<Curriculum> order) {
    return new Prepared(
        name, source, target, form, train, validation, test, classes, classWeights, order, notes);
  }

  /** n / (k n_c) for each class c of k; 0 for a class without samples; none but for classes. */
  static float[] balanced(Targets targets) {
    if (!(targets instanceof Targets.Classes(int[] labels, int classes))) {
      return new float[0];
    }
    int[] counts = new int[classes];
    for (int label : labels) {
      counts[label]++;
    }
    float[] weights = new float[classes];
    for (int c = 0; c < classes; c++) {
      weights[c] = counts[c] == 0 ? 0 : (float) ((double) labels.length / classes / counts[c]);
    }
    return weights;
  }
}
