package thalweg.lab.picture;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import thalweg.lab.surface.Box;

/**
 * The part of a walk that lies in a box of the first two coordinates.
 *
 * @param pieces in order; cut where the walk leaves the box and comes back
 * @param exit where it left the box for good; null if it ends inside
 */
record Route(List<List<double[]>> pieces, double @Nullable [] exit) {
  /**
   * The beginning of a walk.
   *
   * @param x its places
   * @param steps how many updates of it, at most one less than places
   */
  static Route of(double[][] x, int steps, Box box) {
    List<List<double[]>> pieces = new ArrayList<>();
    List<double[]> piece = new ArrayList<>();
    double[] exit = null;
    if (box.contains(first2(x[0]))) {
      piece.add(first2(x[0]));
    }
    for (int k = 1; k <= steps; k++) {
      double[] from = first2(x[k - 1]);
      double[] to = first2(x[k]);
      double[] inside = inside(from, to, box);
      if (inside == null) {
        continue;
      }
      if (inside[0] > 0 || piece.isEmpty()) {
        piece = begun(piece, pieces);
        piece.add(between(from, to, inside[0]));
      }
      double[] end = inside[1] == 1 ? to : between(from, to, inside[1]);
      piece.add(end);
      exit = null;
      if (inside[1] < 1) {
        exit = end;
        piece = begun(piece, pieces);
      }
    }
    begun(piece, pieces);
    return new Route(pieces, exit);
  }

  /** Where it is last seen; null if it never was. */
  double @Nullable [] last() {
    return pieces.isEmpty() ? null : pieces.getLast().getLast();
  }

  /** How far it is, the sides of the box being 1. */
  double length(Box box) {
    double length = 0;
    for (List<double[]> piece : pieces) {
      for (int i = 1; i < piece.size(); i++) {
        length += Math.hypot(way(piece, i, 0, box), way(piece, i, 1, box));
      }
    }
    return length;
  }

  private static double way(List<double[]> piece, int i, int axis, Box box) {
    return (piece.get(i)[axis] - piece.get(i - 1)[axis])
        / (box.high().get(axis) - box.low().get(axis));
  }

  private static List<double[]> begun(List<double[]> piece, List<List<double[]>> pieces) {
    if (!piece.isEmpty()) {
      pieces.add(List.copyOf(piece));
    }
    return new ArrayList<>();
  }

  private static double[] first2(double[] x) {
    return new double[] {x[0], x[1]};
  }

  /** Between which shares of a move it is inside (Liang and Barsky 1984); null if never. */
  private static double @Nullable [] inside(double[] from, double[] to, Box box) {
    double enters = 0;
    double leaves = 1;
    for (int axis = 0; axis < 2; axis++) {
      double way = to[axis] - from[axis];
      double toLow = box.low().get(axis) - from[axis];
      double toHigh = box.high().get(axis) - from[axis];
      if (way == 0) {
        if (toLow > 0 || toHigh < 0) {
          return null;
        }
      } else {
        enters = Math.max(enters, Math.min(toLow / way, toHigh / way));
        leaves = Math.min(leaves, Math.max(toLow / way, toHigh / way));
      }
    }
    return enters <= leaves ? new double[] {enters, leaves} : null;
  }

  private static double[] between(double[] from, double[] to, double share) {
    return new double[] {from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])};
  }
}
