package thalweg.lab.picture;

import java.util.List;
import java.util.function.DoubleBinaryOperator;
import thalweg.lab.surface.Box;
import thalweg.lab.surface.Minimum;
import thalweg.lab.surface.Surface;
import thalweg.lab.surface.Surfaces;
import thalweg.lab.trace.Trace;
import thalweg.lab.trace.TraceListener;
import thalweg.lab.trace.TraceRequest;
import thalweg.lab.trace.Tracer;

/** Surfaces and grids to draw. */
final class Samples {
  /** A function of the first two of n numbers, plus the squares of the others. */
  record Sample(
      DoubleBinaryOperator f, int dimension, Box box, List<Minimum> minima, List<Double> start)
      implements Surface {
    @Override
    public String text() {
      return "sample";
    }

    @Override
    public String formula() {
      return "f(x, y)";
    }

    @Override
    public double value(double[] x) {
      double value = f.applyAsDouble(x[0], x[1]);
      for (int i = 2; i < dimension; i++) {
        value += x[i] * x[i];
      }
      return value;
    }

    @Override
    public double gradient(double[] x, double[] gradient) {
      throw new UnsupportedOperationException("pictures need heights only");
    }
  }

  static final Box SQUARE = Box.cube(2, -1, 1);

  private Samples() {}

  /** Heights over a box, n x n. */
  static double[][] grid(DoubleBinaryOperator f, Box box, int n) {
    return SurfaceGrid.of(surface(f, box), List.of(0.0, 0.0), n).z();
  }

  static Surface surface(DoubleBinaryOperator f, Box box) {
    return new Sample(f, 2, box, List.of(), List.of(0.0, 0.0));
  }

  /** Walks over a surface by name, from its usual start. */
  static Trace trace(String surface, int steps, String... optimizers) {
    Surface over = Surfaces.parse(surface);
    var request = new TraceRequest(over, List.of(optimizers), over.start(), steps, 0, 0);
    return Tracer.trace(request, 1, TraceListener.NONE);
  }

  static double rosenbrock(double x, double y) {
    return (1 - x) * (1 - x) + 100 * (y - x * x) * (y - x * x);
  }
}
