package thalweg.lab.data;

import java.util.List;
import java.util.Locale;
import thalweg.lab.BadInput;
import thalweg.text.Nearest;

/** What is learned: one class of several, or a number. */
public enum Task {
  CLASSIFICATION,
  REGRESSION;

  /** The word on the command line and in JSON. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The task of a word.
   *
   * @throws BadInput if it is neither
   */
  public static Task of(String word) {
    for (Task task : values()) {
      if (task.word().equals(word.toLowerCase(Locale.ROOT))) {
        return task;
      }
    }
    List<String> words = List.of(CLASSIFICATION.word(), REGRESSION.word());
    throw new BadInput("unknown task '%s': %s".formatted(word, Nearest.offer(word, words)));
  }
}
