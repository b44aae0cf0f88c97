package thalweg.lab.picture;

import java.util.DoubleSummaryStatistics;
import java.util.List;

/**
 * Points joined in order. The arrays are not to be changed.
 *
 * @param closed whether the last point is joined to the first, which is not repeated
 */
public record Polyline(List<double[]> points, boolean closed) {
  public Polyline {
    points = List.copyOf(points);
  }

  /** Whether it is a closed line that is narrower and lower than a size: a crumb on a map. */
  boolean isCrumb(double size) {
    return closed && range(0) < size && range(1) < size;
  }

  private double range(int axis) {
    DoubleSummaryStatistics values =
        points.stream().mapToDouble(point -> point[axis]).summaryStatistics();
    return values.getMax() - values.getMin();
  }
}
