package thalweg.lab;

/**
 * What the user gave cannot be used; the message is one line that says what, what was found, where,
 * and what to do. A command prints it alone and exits with code 2.
 */
public final class BadInput extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A message is one line: line breaks inside it (from a file's contents) become spaces. */
  public BadInput(String message) {
    super(oneLine(message));
  }

  /** As above, keeping what was caught for whoever asks for the stack trace. */
  public BadInput(String message, Throwable cause) {
    super(oneLine(message), cause);
  }

  private static String oneLine(String message) {
    return message.replaceAll("\\R+", " ");
  }
}
