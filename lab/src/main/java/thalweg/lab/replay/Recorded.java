package thalweg.lab.replay;

/** A comparison with what another library recorded. */
public sealed interface Recorded permits Replay, ScheduleReplay {
  /** Whether it stayed within the tolerance. */
  boolean passes();

  /** One line: {@code PASS file what largest_error}, and where it is when it is too large. */
  String line();
}
