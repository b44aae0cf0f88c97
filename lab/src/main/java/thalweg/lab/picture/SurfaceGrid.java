package thalweg.lab.picture;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import thalweg.lab.surface.Box;
import thalweg.lab.surface.Minimum;
import thalweg.lab.surface.Surface;

/**
 * The heights of a surface over its box, in its first two coordinates. The arrays are not to be
 * changed.
 *
 * @param z {@code z[row][column]}, as {@link Contours} takes them; not finite where the surface is
 *     not defined
 * @param box of the two coordinates
 * @param at a place that has the other coordinates; the first two do not count
 * @param lowest the lowest height known in the picture, sampled or recorded; NaN where none is
 *     finite
 */
public record SurfaceGrid(double[][] z, Box box, List<Double> at, double lowest) {
  public SurfaceGrid {
    at = List.copyOf(at);
  }

  /**
   * Samples a surface; the coordinates after the second are those of its first recorded minimum, or
   * of the start if none is recorded.
   *
   * @param start of the surface's dimension
   * @param nodes a side, at least 2
   * @throws IllegalArgumentException if the surface has fewer than two coordinates
   */
  public static SurfaceGrid of(Surface surface, List<Double> start, int nodes) {
    if (surface.dimension() < 2) {
      throw new IllegalArgumentException(
          "a map needs a surface of two or more numbers, got %s of %d"
              .formatted(surface.text(), surface.dimension()));
    }
    Box box = new Box(surface.box().low().subList(0, 2), surface.box().high().subList(0, 2));
    List<Double> at = surface.minima().isEmpty() ? start : surface.minima().getFirst().at();
    double[][] z =
        IntStream.range(0, nodes)
            .parallel()
            .mapToObj(row -> row(surface, box, at, node(box, 1, row, nodes), nodes))
            .toArray(double[][]::new);
    return new SurfaceGrid(z, box, at, lowest(surface, z));
  }

  /** The scale of its heights. */
  public HeightScale scale() {
    return HeightScale.of(z, Double.isNaN(lowest) ? Double.POSITIVE_INFINITY : lowest);
  }

  /** Whether the surface is not defined at a node. */
  boolean anyUndefined() {
    return Arrays.stream(z).flatMapToDouble(Arrays::stream).anyMatch(v -> !Double.isFinite(v));
  }

  /** Where a node lies: evenly over a range of the box, both ends included. */
  static double node(Box box, int axis, int index, int nodes) {
    double low = box.low().get(axis);
    double high = box.high().get(axis);
    return index == nodes - 1 ? high : low + (high - low) * index / (nodes - 1);
  }

  private static double[] row(Surface surface, Box box, List<Double> at, double y, int nodes) {
    double[] x = at.stream().mapToDouble(Double::doubleValue).toArray();
    x[1] = y;
    double[] row = new double[nodes];
    for (int column = 0; column < nodes; column++) {
      x[0] = node(box, 0, column, nodes);
      row[column] = surface.value(x);
    }
    return row;
  }

  /** The recorded minimum's value where the picture shows it, or the lowest sample. */
  private static double lowest(Surface surface, double[][] z) {
    double lowest = Double.POSITIVE_INFINITY;
    for (double[] row : z) {
      for (double height : row) {
        lowest = Double.isFinite(height) ? Math.min(lowest, height) : lowest;
      }
    }
    if (!surface.minima().isEmpty()) {
      Minimum shown = surface.minima().getFirst();
      double[] at = shown.at().stream().mapToDouble(Double::doubleValue).toArray();
      if (surface.box().contains(at)) {
        lowest = Math.min(lowest, shown.value());
      }
    }
    return Double.isInfinite(lowest) ? Double.NaN : lowest;
  }
}
