package thalweg.lab.data;

/**
 * Rows ready for a network: a dense matrix and its answers.
 *
 * @param features [rows, columns], row after row. Not copied: do not write to it
 * @param labels [rows] class indices; empty in a regression
 * @param targets [rows] numbers, standardized over the training rows; empty in a classification
 */
@SuppressWarnings("ArrayRecordComponent") // handed to an engine as they are, never compared
public record Samples(int rows, int columns, float[] features, int[] labels, float[] targets) {
  public Samples {
    if (features.length != Math.multiplyExact(rows, columns)) {
      throw new IllegalArgumentException(
          "samples of %d rows and %d columns hold %d features"
              .formatted(rows, columns, features.length));
    }
    if (labels.length + targets.length != rows) {
      throw new IllegalArgumentException(
          "samples of %d rows have %d labels and %d targets; one of them must be %1$d, the other 0"
              .formatted(rows, labels.length, targets.length));
    }
  }
}
