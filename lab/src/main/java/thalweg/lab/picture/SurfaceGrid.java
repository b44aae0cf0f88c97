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
 * @param scale of the heights
 */
public record SurfaceGrid(double[][] z, Box box, List<Double> at, HeightScale scale) {
  /**
   * Nodes a side that every scale is taken from, so that a surface has one, however finely it is
   * drawn.
   */
  public static final int SCALE_NODES = 121;

  /** Nodes a side that still pictures are drawn from, and pages with a part of them. */
  public static final int NODES = 3 * (SCALE_NODES - 1) + 1;

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
    boolean finer = (nodes - 1) % (SCALE_NODES - 1) == 0;
    double[][] scaled = finer ? every(z, (nodes - 1) / (SCALE_NODES - 1)) : z;
    return new SurfaceGrid(z, box, at, HeightScale.of(scaled, lowest(surface)));
  }

  /**
   * The grid of one in so many nodes each way, with the same scale.
   *
   * @param step a divisor of the cells a side
   * @throws IllegalArgumentException if it is not
   */
  public SurfaceGrid every(int step) {
    return new SurfaceGrid(every(z, step), box, at, scale);
  }

  private static double[][] every(double[][] z, int step) {
    int cells = z.length - 1;
    if (cells % step != 0) {
      throw new IllegalArgumentException(
          "one in %d of %d cells leaves a part over; take a divisor".formatted(step, cells));
    }
    return IntStream.rangeClosed(0, cells / step)
        .mapToObj(row ->
            IntStream.rangeClosed(0, cells / step)
                .mapToDouble(column -> z[step * row][step * column])
                .toArray())
        .toArray(double[][]::new);
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

  /** The height of the recorded minimum that the picture shows; infinite if it shows none. */
  private static double lowest(Surface surface) {
    if (surface.minima().isEmpty()) {
      return Double.POSITIVE_INFINITY;
    }
    Minimum shown = surface.minima().getFirst();
    double[] at = shown.at().stream().mapToDouble(Double::doubleValue).toArray();
    return surface.box().contains(at) ? shown.value() : Double.POSITIVE_INFINITY;
  }
}
