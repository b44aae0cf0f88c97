package thalweg.torch;

import org.jspecify.annotations.Nullable;

/**
 * Network, loss and samples do not go together; the message is one line that says what to change.
 */
public final class UnfitException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  UnfitException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
