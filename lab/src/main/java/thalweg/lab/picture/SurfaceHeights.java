package thalweg.lab.picture;

import thalweg.lab.surface.Box;

/** Shares of the height scale between the nodes of a grid, by bilinear interpolation. */
record SurfaceHeights(double[][] shares, Box box) {
  static SurfaceHeights of(SurfaceGrid grid, HeightScale scale) {
    double[][] shares = new double[grid.z().length][];
    for (int row = 0; row < shares.length; row++) {
      shares[row] = new double[grid.z()[row].length];
      for (int column = 0; column < shares[row].length; column++) {
        double height = grid.z()[row][column];
        shares[row][column] = Double.isFinite(height) ? scale.share(height) : Double.NaN;
      }
    }
    return new SurfaceHeights(shares, grid.box());
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
