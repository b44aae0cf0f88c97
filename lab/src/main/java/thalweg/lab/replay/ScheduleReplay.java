package thalweg.lab.replay;

import thalweg.formula.Clock;
import thalweg.formula.Schedule;
import thalweg.formula.ScheduleEndException;
import thalweg.lab.BadInput;

/**
 * One walk along a recorded schedule.
 *
 * @param lr the rate of each update
 * @param maximumError the largest absolute error
 * @param update the update of the largest error, from 1
 */
public record ScheduleReplay(
    ScheduleRecording recording, double[] lr, double maximumError, int update) implements Recorded {
  /** Error allowed, absolute. */
  public static final double TOLERANCE = 1e-12;

  /**
   * Walks a recording.
   *
   * @throws BadInput if it goes on behind the end of its schedule
   */
  public static ScheduleReplay of(ScheduleRecording recording) {
    Schedule schedule = recording.schedule();
    Clock clock = new Clock();
    clock.follow(schedule);
    double[] lr = new double[recording.lr().length];
    double worst = 0;
    int at = 1;
    for (int k = 0; k < lr.length; k++) {
      if (k < recording.metrics().length) {
        clock.report(recording.metrics()[k]);
      }
      clock.set(k, k); // one epoch an update: a recording has one kind of step
      try {
        lr[k] = schedule.at(recording.base(), k, clock);
      } catch (ScheduleEndException e) {
        throw recording.tooLong(e);
      }
      double error = Math.abs(lr[k] - recording.lr()[k]);
      if (!(error <= worst) && !Double.isNaN(worst)) {
        worst = error;
        at = k + 1;
      }
    }
    return new ScheduleReplay(recording, lr, worst, at);
  }

  @Override
  public boolean passes() {
    return maximumError <= TOLERANCE;
  }

  @Override
  public String line() {
    return passes()
        ? "PASS %s schedule %.1e".formatted(recording.file(), maximumError)
        : "FAIL %s schedule %.1e (at most %.0e) at update %d"
            .formatted(recording.file(), maximumError, TOLERANCE, update);
  }
}
