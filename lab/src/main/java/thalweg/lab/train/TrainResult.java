package thalweg.lab.train;

import thalweg.torch.RunLog;

/**
 * How a run went.
 *
 * @param folder where everything it left lies
 */
public record TrainResult(RunFolder folder, RunLog log) {
  /** The exit code of the command: 1 for a run that diverged, 130 for one that was stopped. */
  public int exitCode() {
    return switch (log.ending()) {
      case RunLog.Ending.Completed _ -> 0;
      case RunLog.Ending.Diverged _ -> 1;
      case RunLog.Ending.Cancelled _ -> 130;
    };
  }
}
