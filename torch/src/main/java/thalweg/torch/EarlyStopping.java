package thalweg.torch;

/**
 * When a run that gets no better is to end.
 *
 * @param patience epochs in a row without a better validation loss that are borne, at least 1
 * @param minDelta by how much the loss must fall below the best to count as better, at least 0
 */
public record EarlyStopping(int patience, double minDelta) {
  public EarlyStopping {
    if (patience < 1) {
      throw new IllegalArgumentException("EarlyStopping.patience must be >= 1, got " + patience);
    }
    if (!(minDelta >= 0 && Double.isFinite(minDelta))) {
      throw new IllegalArgumentException("EarlyStopping.minDelta must be >= 0, got " + minDelta);
    }
  }
}
