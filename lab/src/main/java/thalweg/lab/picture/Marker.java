package thalweg.lab.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The outline of a marker as polygons. It is given as an SVG path in a square from 0 to 24, of
 * absolute moves, lines, half circles and closings.
 */
final class Marker {
  private static final double MIDDLE = 12;
  private static final int CORNERS_OF_A_HALF = 16;
  private static final Pattern TOKEN = Pattern.compile("[MLHVAZ]|-?[0-9]+(?:\\.[0-9]+)?");

  private final Matcher tokens;
  private final List<Polyline> done = new ArrayList<>();
  private List<double[]> points = new ArrayList<>();
  private double x;
  private double y;

  private Marker(String outline) {
    tokens = TOKEN.matcher(outline);
  }

  /** The outline around a place, {@code size} pixels wide. */
  static List<Polyline> at(String outline, double x, double y, double size) {
    double scale = size / (2 * MIDDLE);
    return new Marker(outline)
        .read().stream()
            .map(line ->
                new Polyline(
                    line.points().stream()
                        .map(p ->
                            new double[] {x + scale * (p[0] - MIDDLE), y + scale * (p[1] - MIDDLE)})
                        .toList(),
                    true))
            .toList();
  }

  /** A circle as a polygon. */
  static List<Polyline> circle(double x, double y, double radius) {
    int corners = 2 * CORNERS_OF_A_HALF;
    return List.of(
        new Polyline(
            IntStream.range(0, corners)
                .mapToObj(i -> turned(x, y, radius, 2 * Math.PI * i / corners))
                .toList(),
            true));
  }

  private static double[] turned(double x, double y, double radius, double angle) {
    return new double[] {x + radius * Math.cos(angle), y + radius * Math.sin(angle)};
  }

  private List<Polyline> read() {
    String command = "";
    while (tokens.find()) {
      String token = tokens.group();
      boolean number = !Character.isLetter(token.charAt(0));
      command = number ? (command.equals("M") ? "L" : command) : token;
      double first = number ? Double.parseDouble(token) : Double.NaN;
      switch (command) {
        case "Z" -> {
          done.add(new Polyline(points, true));
          points = new ArrayList<>();
        }
        case "H" -> to(number ? first : next(), y);
        case "V" -> to(x, number ? first : next());
        case "A" -> half(number);
        default -> {
          double nextX = number ? first : next();
          to(nextX, next());
        }
      }
    }
    return done;
  }

  /** Radii, rotation and flags are of no account where the ends are a diameter apart. */
  private void half(boolean begun) {
    for (int skipped = begun ? 1 : 0; skipped < 5; skipped++) {
      next();
    }
    double toX = next();
    double toY = next();
    double centreX = (x + toX) / 2;
    double centreY = (y + toY) / 2;
    double radius = Math.hypot(toX - x, toY - y) / 2;
    double from = Math.atan2(y - centreY, x - centreX);
    for (int i = 1; i <= CORNERS_OF_A_HALF; i++) {
      points.add(turned(centreX, centreY, radius, from - Math.PI * i / CORNERS_OF_A_HALF));
    }
    x = toX;
    y = toY;
  }

  private void to(double nextX, double nextY) {
    x = nextX;
    y = nextY;
    points.add(new double[] {x, y});
  }

  private double next() {
    if (!tokens.find()) {
      throw new IllegalArgumentException("a marker's outline ends too early");
    }
    return Double.parseDouble(tokens.group());
  }
}
