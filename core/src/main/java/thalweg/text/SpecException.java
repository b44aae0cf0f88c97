package thalweg.text;

/** A text form that cannot be read; one line says where, what was found and what to do. */
public final class SpecException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public SpecException(String message) {
    super(message);
  }
}
