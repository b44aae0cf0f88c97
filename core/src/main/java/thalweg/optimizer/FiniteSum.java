package thalweg.optimizer;

/**
 * A loss that is a mean over terms, such as one a sample or one a fixed mini-batch: what rules that
 * remember or revisit single terms (SAG, SAGA, SVRG) need to know about the data.
 */
public interface FiniteSum {
  /** The number of terms; they are counted from 0. */
  int size();

  /**
   * Sets the gradients of the parameters, as they stand now, to those of the mean loss over some
   * terms. As a closure does: zero the gradients, forward, backward.
   *
   * @param terms each from 0 to {@link #size()} − 1; not to be changed
   * @return that mean loss
   */
  double gradient(int... terms);

  /**
   * Whether the model, as it stands now, gets a term wrong; for the perceptron's rule ({@link
   * Regime#misclassified}).
   */
  default boolean isWrong(int term) {
    throw new UnsupportedOperationException(
        "this sum does not say which terms are wrong; override isWrong(term)");
  }
}
