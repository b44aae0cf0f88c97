package thalweg.torch;

import thalweg.checkpoint.Checkpoints;

/**
 * Where and how often a training saves itself.
 *
 * @param everySteps number of updates from one checkpoint to the next, at least 1
 */
public record Saving(Checkpoints checkpoints, int everySteps) {
  public Saving {
    if (everySteps < 1) {
      throw new IllegalArgumentException(
          "Training.checkpoints everySteps must be >= 1, got " + everySteps);
    }
  }
}
