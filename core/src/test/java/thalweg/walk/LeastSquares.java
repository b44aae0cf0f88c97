package thalweg.walk;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import thalweg.memory.Buffer;
import thalweg.optimizer.ArrayParameter;
import thalweg.optimizer.FiniteSum;
import thalweg.optimizer.Parameter;
import thalweg.optimizer.Parameters;

/** The mean of ½ (a·w − b)² over rows a and numbers b, of one parameter w; notes what was asked. */
public final class LeastSquares implements FiniteSum {
  private final double[][] rows;
  private final double[] targets;
  private final Parameter parameter;
  private final List<List<Integer>> asked = new ArrayList<>();
  private final List<List<Double>> points = new ArrayList<>();

  private LeastSquares(double[][] rows, double[] targets, Parameter parameter) {
    this.rows = rows;
    this.targets = targets;
    this.parameter = parameter;
  }

  /** Terms ½ (w − 1)² and ½ (2w − 3)², of gradients w − 1 and 4w − 6, from w = 0. */
  public static LeastSquares two(boolean exact) {
    return of(new double[][] {{1}, {2}}, new double[] {1, 3}, exact);
  }

  /** Twenty seeded rows of three numbers with targets that no w fits, from w = 0. */
  public static LeastSquares twenty(boolean exact) {
    Random random = new Random(5);
    double[][] rows = new double[20][3];
    double[] targets = new double[20];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new double[] {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
      targets[i] = rows[i][0] - 2 * rows[i][1] + 3 * rows[i][2] + random.nextGaussian();
    }
    return of(rows, targets, exact);
  }

  private static LeastSquares of(double[][] rows, double[] targets, boolean exact) {
    int length = rows[0].length;
    Parameter w =
        exact
            ? ArrayParameter.of("w", new double[length], new double[length])
            : ArrayParameter.of("w", new float[length], new float[length]);
    return new LeastSquares(rows, targets, w);
  }

  public Parameters parameters() {
    return Parameters.of(parameter);
  }

  /** w as it stands. */
  public double[] at() {
    return parameter.value().toDoubles();
  }

  /** The terms of each call, in order, since the last {@link #forget}. */
  public List<List<Integer>> asked() {
    return asked;
  }

  /** Where w stood at each call. */
  public List<List<Double>> points() {
    return points;
  }

  public void forget() {
    asked.clear();
    points.clear();
  }

  /** The largest ‖a‖²: the Lipschitz constant of every term's gradient. */
  public double lipschitz() {
    double most = 0;
    for (double[] row : rows) {
      most = Math.max(most, dot(row, row));
    }
    return most;
  }

  /** The distance of w from the solution of the normal equations (three unknowns, Cramer). */
  public double error() {
    double[][] a = new double[3][3];
    double[] b = new double[3];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < 3; j++) {
        for (int k = 0; k < 3; k++) {
          a[j][k] += rows[i][j] * rows[i][k];
        }
        b[j] += rows[i][j] * targets[i];
      }
    }
    double sum = 0;
    for (int j = 0; j < 3; j++) {
      double[][] replaced = {a[0].clone(), a[1].clone(), a[2].clone()};
      for (int i = 0; i < 3; i++) {
        replaced[i][j] = b[i];
      }
      double difference = at()[j] - determinant(replaced) / determinant(a);
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  }

  private static double determinant(double[][] m) {
    return m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1])
        - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0])
        + m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0]);
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  @Override
  public int size() {
    return rows.length;
  }

  @Override
  public double gradient(int... terms) {
    double[] w = at();
    asked.add(java.util.Arrays.stream(terms).boxed().toList());
    points.add(java.util.Arrays.stream(w).boxed().toList());
    double[] mean = new double[w.length];
    double loss = 0;
    for (int term : terms) {
      double residual = dot(rows[term], w) - targets[term];
      loss += residual * residual / 2 / terms.length;
      for (int i = 0; i < mean.length; i++) {
        mean[i] += residual * rows[term][i] / terms.length;
      }
    }
    Buffer gradient = Objects.requireNonNull(parameter.gradient());
    for (int i = 0; i < mean.length; i++) {
      gradient.set(i, mean[i]);
    }
    return loss;
  }
}
