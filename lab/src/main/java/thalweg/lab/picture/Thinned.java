package thalweg.lab.picture;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/** Lines with fewer points that look the same (Douglas and Peucker 1973). */
final class Thinned {
  /** Points that are looked at together: the time grows with their square. */
  private static final int SPAN = 64;

  private Thinned() {}

  /** The line, no kept-out point further than {@code most} from it. */
  static Polyline of(Polyline line, double most) {
    List<double[]> points = new ArrayList<>(line.points());
    if (line.closed()) {
      // Its ends are one point, kept; the first cut is then at the point furthest from it.
      points.add(points.getFirst());
    }
    BitSet kept = kept(points, most);
    List<double[]> thinned = new ArrayList<>();
    int last = line.closed() ? points.size() - 1 : points.size();
    for (int i = 0; i < last; i++) {
      if (kept.get(i)) {
        thinned.add(points.get(i));
      }
    }
    return new Polyline(thinned, line.closed());
  }

  /**
   * The points without those that lie within {@code most} of the one kept before, but for the last:
   * of a walk that has come to rest, one of thousands.
   */
  static List<double[]> apart(List<double[]> points, double most) {
    List<double[]> apart = new ArrayList<>(List.of(points.getFirst()));
    for (int i = 1; i < points.size(); i++) {
      double[] p = points.get(i);
      double[] before = apart.getLast();
      double x = p[0] - before[0];
      double y = p[1] - before[1];
      if (x * x + y * y > most * most || i == points.size() - 1) {
        apart.add(p);
      }
    }
    return apart;
  }

  private static BitSet kept(List<double[]> points, double most) {
    var kept = new BitSet();
    kept.set(0);
    Deque<int[]> spans = new ArrayDeque<>();
    for (int from = 0; from < points.size() - 1; from += SPAN) {
      int to = Math.min(from + SPAN, points.size() - 1);
      kept.set(to);
      spans.push(new int[] {from, to});
    }
    while (!spans.isEmpty()) {
      int[] span = spans.pop();
      int furthest = -1;
      double distance = most * most;
      for (int i = span[0] + 1; i < span[1]; i++) {
        double d = distance(points.get(i), points.get(span[0]), points.get(span[1]));
        if (d > distance) {
          furthest = i;
          distance = d;
        }
      }
      if (furthest >= 0) {
        kept.set(furthest);
        spans.push(new int[] {span[0], furthest});
        spans.push(new int[] {furthest, span[1]});
      }
    }
    return kept;
  }

  /** From a point to the piece between two others, squared. */
  private static double distance(double[] p, double[] a, double[] b) {
    double dx = b[0] - a[0];
    double dy = b[1] - a[1];
    double length = dx * dx + dy * dy;
    double along =
        length == 0 ? 0 : Math.clamp(((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length, 0, 1);
    double awayX = p[0] - a[0] - along * dx;
    double awayY = p[1] - a[1] - along * dy;
    return awayX * awayX + awayY * awayY;
  }
}
