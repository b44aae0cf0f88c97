package thalweg.lab.reproduce;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import thalweg.lab.BadInput;
import thalweg.text.Nearest;

/** All experiments. */
public final class Experiments {
  private static final List<Experiment> ALL =
      List.of(
          SgdmAdam.cnn(),
          SgdmAdam.lstm(),
          new LearningRate(),
          new SparseFeatures(),
          new AdamDecay(),
          new WarmUp(),
          new BatchRegimes(),
          new Switching(),
          new FineTuning(),
          new Regularizers());

  private Experiments() {}

  static List<Experiment> all() {
    return ALL;
  }

  /** Their names, in order. */
  public static List<String> names() {
    return ALL.stream().map(Experiment::name).toList();
  }

  /**
   * Those of the names, in the order asked for, none twice; all of them for no name.
   *
   * @throws BadInput for a name there is not, with the nearest
   */
  static List<Experiment> named(List<String> names) {
    if (names.isEmpty()) {
      return ALL;
    }
    List<Experiment> found = new ArrayList<>();
    for (String name : new LinkedHashSet<>(names)) {
      found.add(
          ALL.stream()
              .filter(experiment -> experiment.name().equals(name))
              .findFirst()
              .orElseThrow(() ->
                  new BadInput(
                      "unknown experiment '%s': %s"
                          .formatted(name, Nearest.offer(name, names())))));
    }
    return found;
  }
}
