package thalweg.lab.picture;

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
}
