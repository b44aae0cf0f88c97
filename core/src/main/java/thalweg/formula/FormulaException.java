package thalweg.formula;

/** A formula or chain that makes no sense as written; the message says where and what to do. */
public final class FormulaException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public FormulaException(String message) {
    super(message);
  }
}
