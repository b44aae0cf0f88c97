package thalweg.formula;

/** A schedule was asked for a step behind its end: it ends before training does. */
public final class ScheduleEndException extends ScheduleException {
  private static final long serialVersionUID = 1L;

  private final String schedule;
  private final long length;
  private final long step;
  private final String remedy;

  /**
   * Makes one.
   *
   * @param schedule its text form
   * @param length how many steps it has
   * @param step the one that was asked for, from 0
   * @param remedy what to do, up to the words for what follows
   */
  public ScheduleEndException(String schedule, long length, long step, String remedy) {
    super(message(schedule, length, step, remedy));
    this.schedule = schedule;
    this.length = length;
    this.step = step;
    this.remedy = remedy;
  }

  private static String message(String schedule, long length, long step, String remedy) {
    return "%s ends after %d %s, and step %d was asked for: %s .then(...)"
        .formatted(schedule, length, length == 1 ? "step" : "steps", step + 1, remedy);
  }

  /** How many steps the schedule has. */
  public long length() {
    return length;
  }

  /** The step that was asked for, from 0. */
  public long step() {
    return step;
  }

  /** The same with what it is about in front. */
  public ScheduleEndException about(String place) {
    return new ScheduleEndException(place + ": " + schedule, length, step, remedy);
  }
}
