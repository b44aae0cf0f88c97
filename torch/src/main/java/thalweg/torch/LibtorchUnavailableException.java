package thalweg.torch;

/**
 * libtorch cannot be used on this machine; the message is one line that says why and what to do.
 */
public final class LibtorchUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LibtorchUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
