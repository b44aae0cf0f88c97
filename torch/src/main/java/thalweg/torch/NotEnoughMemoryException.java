package thalweg.torch;

/** libtorch could not have the memory it asked for; the message says what to change. */
public final class NotEnoughMemoryException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public NotEnoughMemoryException(String message, Throwable cause) {
    super(message, cause);
  }
}
