package thalweg.lab.page;

/**
 * How colours look to eyes: the three with one kind of cone missing are simulated by the matrices
 * for severity 1 of Machado, Oliveira and Fernandes 2009, on linear sRGB.
 */
enum Vision {
  FULL(1, 0, 0, 0, 1, 0, 0, 0, 1),
  NO_RED(
      0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998),
  NO_GREEN(
      0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881),
  NO_BLUE(
      1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900);

  /** Linear sRGB to CIE XYZ, D65. */
  private static final double[] XYZ = {
    0.4124564, 0.3575761, 0.1804375, 0.2126729, 0.7151522, 0.0721750, 0.0193339, 0.1191920,
    0.9503041
  };

  private final double[] matrix;

  Vision(double... matrix) {
    this.matrix = matrix;
  }

  /** Distance in CIE Lab (1976): about 2 is just seen. */
  double difference(String one, String other) {
    double[] a = lab(one);
    double[] b = lab(other);
    return Math.sqrt(
        Math.pow(a[0] - b[0], 2) + Math.pow(a[1] - b[1], 2) + Math.pow(a[2] - b[2], 2));
  }

  /** Ratio of luminances as WCAG 2 has it, from 1 to 21. */
  static double contrast(String one, String other) {
    double a = product(XYZ, linear(one))[1] + 0.05;
    double b = product(XYZ, linear(other))[1] + 0.05;
    return Math.max(a, b) / Math.min(a, b);
  }

  private double[] lab(String colour) {
    double[] seen = product(matrix, linear(colour));
    for (int i = 0; i < 3; i++) {
      seen[i] = Math.clamp(seen[i], 0, 1);
    }
    double[] xyz = product(XYZ, seen);
    double x = root(xyz[0] / 0.95047);
    double y = root(xyz[1]);
    double z = root(xyz[2] / 1.08883);
    return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
  }

  private static double root(double t) {
    return t > 216.0 / 24389 ? Math.cbrt(t) : (24389.0 / 27 * t + 16) / 116;
  }

  private static double[] linear(String colour) {
    double[] parts = new double[3];
    for (int i = 0; i < 3; i++) {
      double c = Integer.parseInt(colour, 1 + 2 * i, 3 + 2 * i, 16) / 255.0;
      parts[i] = c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }
    return parts;
  }

  private static double[] product(double[] matrix, double[] vector) {
    double[] result = new double[3];
    for (int i = 0; i < 9; i++) {
      result[i / 3] += matrix[i] * vector[i % 3];
    }
    return result;
  }
}
