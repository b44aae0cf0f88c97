package thalweg.checkpoint;

/** A file that is no whole checkpoint, or not one of this kind: what, where, what to do. */
public final class CheckpointException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public CheckpointException(String message) {
    super(message);
  }

  public CheckpointException(String message, Throwable cause) {
    super(message, cause);
  }
}
