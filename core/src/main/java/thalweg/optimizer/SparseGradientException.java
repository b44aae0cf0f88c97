package thalweg.optimizer;

/**
 * A parameter has a sparse gradient, and its rule would have to move more than the rows that have
 * one; the message is one line that says which rules to use.
 */
public final class SparseGradientException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  SparseGradientException(String message) {
    super(message);
  }
}
