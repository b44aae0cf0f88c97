package thalweg.lab.serve.runs;

import java.util.Locale;

/** How a run stands. */
enum RunState {
  /** It was continued from here and has not begun its first step. */
  STARTING,
  RUNNING,
  /** All was done, or early stopping ended it. */
  FINISHED,
  /** Ended when asked to; a training run with all saved. */
  STOPPED,
  DIVERGED,
  /** Its process has gone without a word; the last checkpoint of a training run stays. */
  DIED;

  /** In JSON. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Of a run that has said how it ended. */
  static RunState of(String ending) {
    return switch (ending) {
      case "cancelled" -> STOPPED;
      case "diverged" -> DIVERGED;
      default -> FINISHED;
    };
  }
}
