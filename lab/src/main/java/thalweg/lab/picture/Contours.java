package thalweg.lab.picture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import thalweg.lab.surface.Box;

/**
 * Lines of equal height on a grid, by marching squares: a line crosses an edge between two nodes
 * where linear interpolation has the height, and where a cell could be crossed in two ways the mean
 * of its corners decides. Pieces are joined end to end.
 *
 * <p>Heights are given as {@code z[row][column]}: the columns lie evenly over the first range of
 * the box, both ends included, the rows over the second.
 */
public final class Contours {
  private final double[][] z;
  private final double[] x;
  private final double[] y;
  private final int columns;

  private Contours(double[][] z, double[] x, double[] y) {
    this.z = z;
    this.x = x;
    this.y = y;
    this.columns = x.length;
  }

  /** Lines at the {@link HeightScale#levels} of the grid's own scale. */
  public static List<Contour> of(double[][] z, Box box, int levels) {
    return of(z, box, HeightScale.of(z).levels(levels));
  }

  /**
   * Lines at heights. A line is closed or ends at the border, or at a cell with a corner that is
   * not finite: such cells have no lines.
   */
  public static List<Contour> of(double[][] z, Box box, List<Double> heights) {
    double[][] finite = replaced(z, v -> Double.isFinite(v) ? v : Double.NaN);
    return new Contours(finite, nodes(box, 0, z[0].length), nodes(box, 1, z.length)).at(heights);
  }

  /**
   * The borders of where the surface is at least as high; all are closed, some along the border of
   * the box, and a point is inside if it is inside an odd number of them. What is not finite is in
   * none.
   */
  public static List<Contour> above(double[][] z, Box box, List<Double> heights) {
    int rows = z.length;
    int columns = z[0].length;
    double[][] framed = new double[rows + 2][columns + 2];
    for (double[] row : framed) {
      Arrays.fill(row, Double.NEGATIVE_INFINITY);
    }
    double[][] finite = replaced(z, v -> Double.isFinite(v) ? v : Double.NEGATIVE_INFINITY);
    for (int i = 0; i < rows; i++) {
      System.arraycopy(finite[i], 0, framed[i + 1], 1, columns);
    }
    return new Contours(framed, framed(nodes(box, 0, columns)), framed(nodes(box, 1, rows)))
        .at(heights);
  }

  private static double[] nodes(Box box, int axis, int count) {
    double[] nodes = new double[count];
    Arrays.setAll(nodes, i -> SurfaceGrid.node(box, axis, i, count));
    return nodes;
  }

  /** Both ends once more, so that the frame has no width. */
  private static double[] framed(double[] nodes) {
    double[] framed = new double[nodes.length + 2];
    System.arraycopy(nodes, 0, framed, 1, nodes.length);
    framed[0] = nodes[0];
    framed[framed.length - 1] = nodes[nodes.length - 1];
    return framed;
  }

  private static double[][] replaced(double[][] z, DoubleUnaryOperator by) {
    return Arrays.stream(z)
        .map(row -> Arrays.stream(row).map(by).toArray())
        .toArray(double[][]::new);
  }

  private List<Contour> at(List<Double> heights) {
    return heights.parallelStream().map(height -> new Contour(height, lines(height))).toList();
  }

  private List<Polyline> lines(double height) {
    var joints = new Joints(2 * columns * y.length);
    for (int row = 0; row + 1 < y.length; row++) {
      for (int column = 0; column + 1 < columns; column++) {
        cross(row, column, height, joints);
      }
    }
    List<Polyline> lines = new ArrayList<>();
    for (Joints.Chain chain : joints.chains()) {
      List<double[]> points = points(chain.edges(), height);
      if (chain.closed() && points.size() > 1 && equal(points.getFirst(), points.getLast())) {
        points.removeLast();
      }
      if (points.size() > 1) {
        lines.add(new Polyline(points, chain.closed() && points.size() > 2));
      }
    }
    return lines;
  }

  /** The pieces of a cell: from edge to edge, such that the higher corners stay together. */
  private void cross(int row, int column, double height, Joints joints) {
    double a = z[row][column];
    double b = z[row][column + 1];
    double c = z[row + 1][column + 1];
    double d = z[row + 1][column];
    if (Double.isNaN(a + b + c + d)) {
      return;
    }
    int bottom = across(row, column);
    int right = up(row, column + 1);
    int top = across(row + 1, column);
    int left = up(row, column);
    int corners =
        (a >= height ? 1 : 0)
            | (b >= height ? 2 : 0)
            | (c >= height ? 4 : 0)
            | (d >= height ? 8 : 0);
    boolean high = (a + b + c + d) / 4 >= height;
    switch (corners) {
      case 0, 15 -> {}
      case 1, 14 -> joints.join(left, bottom);
      case 2, 13 -> joints.join(bottom, right);
      case 4, 11 -> joints.join(right, top);
      case 8, 7 -> joints.join(top, left);
      case 3, 12 -> joints.join(left, right);
      case 6, 9 -> joints.join(bottom, top);
      default -> {
        // a and c are on one side, b and d on the other: 5 when a and c are the high ones.
        boolean joined = (corners == 5) == high;
        joints.join(left, joined ? top : bottom);
        joints.join(right, joined ? bottom : top);
      }
    }
  }

  private int across(int row, int column) {
    return 2 * (row * columns + column);
  }

  private int up(int row, int column) {
    return across(row, column) + 1;
  }

  private List<double[]> points(List<Integer> edges, double height) {
    List<double[]> points = new ArrayList<>();
    for (int edge : edges) {
      int row = edge / 2 / columns;
      int column = edge / 2 % columns;
      boolean up = edge % 2 == 1;
      double share = share(z[row][column], up ? z[row + 1][column] : z[row][column + 1], height);
      double[] point =
          up
              ? new double[] {x[column], between(y[row], y[row + 1], share)}
              : new double[] {between(x[column], x[column + 1], share), y[row]};
      if (points.isEmpty() || !equal(points.getLast(), point)) {
        points.add(point);
      }
    }
    return points;
  }

  /** How far from the one node to the other the height lies; at the finite one if one is not. */
  private static double share(double from, double to, double height) {
    if (Double.isInfinite(from)) {
      return 1;
    }
    return Double.isInfinite(to) ? 0 : (height - from) / (to - from);
  }

  private static double between(double from, double to, double share) {
    return share == 1 ? to : from + share * (to - from);
  }

  private static boolean equal(double[] a, double[] b) {
    return a[0] == b[0] && a[1] == b[1];
  }
}
