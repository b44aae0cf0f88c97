package thalweg.formula;

/** A schedule has no value that its hyperparameter can take; one line says where and why. */
public class ScheduleException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  public ScheduleException(String message) {
    super(message);
  }
}
