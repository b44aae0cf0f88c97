package thalweg.lab.picture;

import thalweg.lab.surface.Box;

/**
 * Looks at a surface from far away, so that parallels stay parallel. The base is a square, the
 * height a share of its {@link HeightScale}.
 *
 * @param azimuth from where, in radians against the clock as seen from above; 0 is from the low end
 *     of the second coordinate
 * @param zoom pixels for a side of the base
 * @param x of the middle of the base, in pixels
 * @param y of the same
 */
record Eye(Box box, double azimuth, double zoom, double x, double y) {
  /** Of the highest point, in sides of the base. */
  static final double HEIGHT = 0.5;

  private static final double ELEVATION = Math.toRadians(44);
  private static final double SIN = Math.sin(ELEVATION);
  private static final double COS = Math.cos(ELEVATION);

  /** Where a point of the first two coordinates at a share of the height is seen. */
  double[] place(double first, double second, double share) {
    double u = across(0, first);
    double v = across(1, second);
    return new double[] {
      x + zoom * (u * Math.cos(azimuth) + v * Math.sin(azimuth)),
      y - zoom * (away(u, v) * SIN + HEIGHT * share * COS)
    };
  }

  /** How far away a point of the base is, in sides of it. */
  double distance(double first, double second) {
    return away(across(0, first), across(1, second));
  }

  /** Whether a hill lies before a point of the surface. */
  boolean hides(SurfaceHeights heights, double first, double second) {
    double step = 1.0 / 150;
    double dx = Math.sin(azimuth) * step * (box.high().get(0) - box.low().get(0));
    double dy = -Math.cos(azimuth) * step * (box.high().get(1) - box.low().get(1));
    double rise = step * SIN / COS / HEIGHT;
    double share = heights.share(first, second) + 0.006;
    for (int k = 1; share <= 1; k++) {
      share += rise;
      double[] toward = {first + k * dx, second + k * dy};
      if (!box.contains(toward)) {
        return false;
      }
      if (heights.share(toward[0], toward[1]) > share) {
        return true;
      }
    }
    return false;
  }

  private double away(double u, double v) {
    return v * Math.cos(azimuth) - u * Math.sin(azimuth);
  }

  private double across(int axis, double value) {
    double low = box.low().get(axis);
    return (value - low) / (box.high().get(axis) - low) - 0.5;
  }
}
