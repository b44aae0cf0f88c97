package thalweg.lab.picture;

import thalweg.lab.surface.Box;

/**
 * Shares of the height scale over a box, with bilinear interpolation between nodes.
 *
 * @param shares {@code shares[row][column]}; NaN where not defined
 */
record SurfaceHeights(double[][] shares, Box box) {
  /**
   * Those of a grid at fewer nodes: each the mean of the grid around it, so that a valley narrower
   * than a cell is a shallow valley and no row of holes.
   */
  static SurfaceHeights of(SurfaceGrid grid, HeightScale scale, int cells) {
    double[][] z = grid.z();
    double[][] shares = new double[cells + 1][cells + 1];
    for (int row = 0; row <= cells; row++) {
      for (int column = 0; column <= cells; column++) {
        shares[row][column] = mean(z, scale, row, column, cells);
      }
    }
    return new SurfaceHeights(shares, grid.box());
  }

  private static double mean(double[][] z, HeightScale scale, int row, int column, int cells) {
    double across = (z[0].length - 1.0) / cells;
    double up = (z.length - 1.0) / cells;
    double sum = 0;
    int count = 0;
    for (int r = first(row, up); r <= last(row, up, z.length); r++) {
      for (int c = first(column, across); c <= last(column, across, z[0].length); c++) {
        sum += Double.isFinite(z[r][c]) ? scale.share(z[r][c]) : Double.NaN;
        count++;
      }
    }
    return sum / count;
  }

  private static int first(int node, double every) {
    return Math.max(0, (int) Math.ceil((node - 0.5) * every));
  }

  private static int last(int node, double every, int nodes) {
    return Math.min(nodes - 1, (int) Math.floor((node + 0.5) * every));
  }

  /** At a place in the box; NaN where a corner of its cell is not defined. */
  double share(double x, double y) {
    double column = place(0, x, shares[0].length);
    double row = place(1, y, shares.length);
    int c = Math.min((int) column, shares[0].length - 2);
    int r = Math.min((int) row, shares.length - 2);
    double across = column - c;
    double up = row - r;
    return (1 - up) * ((1 - across) * shares[r][c] + across * shares[r][c + 1])
        + up * ((1 - across) * shares[r + 1][c] + across * shares[r + 1][c + 1]);
  }

  private double place(int axis, double value, int nodes) {
    double low = box.low().get(axis);
    return Math.clamp((value - low) / (box.high().get(axis) - low), 0, 1) * (nodes - 1);
  }
}
