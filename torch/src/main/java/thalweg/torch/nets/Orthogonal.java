package thalweg.torch.nets;

import java.util.random.RandomGenerator;
import thalweg.memory.Buffer;

/** Random matrices with orthonormal rows or columns. */
final class Orthogonal {
  private Orthogonal() {}

  /**
   * Writes gain times a matrix whose rows are orthonormal, or its columns where there are fewer:
   * Gram and Schmidt's way through normal vectors, twice for accuracy.
   */
  static void write(Buffer value, int rows, double gain, RandomGenerator random) {
    int columns = Math.toIntExact(value.length() / rows);
    int count = Math.min(rows, columns);
    int length = Math.max(rows, columns);
    double[][] vectors = new double[count][length];
    for (int v = 0; v < count; v++) {
      for (int i = 0; i < length; i++) {
        vectors[v][i] = random.nextGaussian();
      }
      for (int pass = 0; pass < 2; pass++) {
        for (int earlier = 0; earlier < v; earlier++) {
          add(vectors[v], -dot(vectors[v], vectors[earlier]), vectors[earlier]);
        }
        double norm = Math.sqrt(dot(vectors[v], vectors[v]));
        add(vectors[v], 1 / norm - 1, vectors[v]);
      }
    }
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        double number = rows <= columns ? vectors[row][column] : vectors[column][row];
        value.set((long) row * columns + column, gain * number);
      }
    }
  }

  private static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }

  private static void add(double[] to, double factor, double[] from) {
    for (int i = 0; i < to.length; i++) {
      to[i] += factor * from[i];
    }
  }
}
