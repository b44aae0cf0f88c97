package thalweg.lab.picture;

import java.util.List;

/** Red, green and blue from 0 to 255. */
record Colour(int red, int green, int blue) {
  /** Reads {@code #0a1b2c}. */
  static Colour of(String hex) {
    return of(Integer.parseInt(hex, 1, 7, 16));
  }

  /** Reads {@code 0x0a1b2c}; bits above are left out. */
  static Colour of(int rgb) {
    return new Colour(rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255);
  }

  /** At a share of the way, from 0 to 1, along colours that are evenly spaced on it. */
  static Colour between(List<String> stops, double share) {
    double place = Math.clamp(share, 0, 1) * (stops.size() - 1);
    int before = Math.min((int) place, stops.size() - 2);
    return of(stops.get(before)).mixed(of(stops.get(before + 1)), place - before);
  }

  Colour mixed(Colour other, double share) {
    return new Colour(
        mixed(red, other.red, share),
        mixed(green, other.green, share),
        mixed(blue, other.blue, share));
  }

  int rgb() {
    return red << 16 | green << 8 | blue;
  }

  String hex() {
    return "#%06x".formatted(rgb());
  }

  private static int mixed(int one, int other, double share) {
    return (int) Math.round(one + share * (other - one));
  }
}
