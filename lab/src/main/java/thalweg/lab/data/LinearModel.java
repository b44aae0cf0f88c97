package thalweg.lab.data;

/**
 * A linear classifier learned by normalized least mean squares on one-hot targets (S. Haykin,
 * Adaptive Filter Theory, chapter on normalized LMS), which needs no learning rate to be found; its
 * outputs are scored by their softmax.
 */
final class LinearModel {
  private static final double RATE = 0.1;

  private final double[][] weights;
  private final int columns;

  LinearModel(int columns, int classes) {
    this.columns = columns;
    this.weights = new double[classes][columns + 1];
  }

  /** One step towards 1 for the right class and 0 for the others. */
  void learn(float[] row, int label) {
    double squares = 1;
    for (float x : row) {
      squares += (double) x * x;
    }
    for (int k = 0; k < weights.length; k++) {
      double step = RATE * ((k == label ? 1 : 0) - output(row, k)) / squares;
      for (int c = 0; c < columns; c++) {
        weights[k][c] += step * row[c];
      }
      weights[k][columns] += step;
    }
  }

  /** Cross entropy of the softmax of the outputs. */
  double loss(float[] row, int label) {
    double sum = 0;
    for (int k = 0; k < weights.length; k++) {
      sum += Math.exp(output(row, k) - output(row, label));
    }
    return Math.log(sum);
  }

  private double output(float[] row, int k) {
    double output = weights[k][columns];
    for (int c = 0; c < columns; c++) {
      output += weights[k][c] * row[c];
    }
    return output;
  }
}
