package thalweg.lab.picture;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.awt.image.IndexColorModel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * At most 255 colours for a picture, and a place for none. Given colours are kept as they are; the
 * others share the places left by median cut (Heckbert 1982).
 */
final class Palette {
  /** The place that means: as before. */
  static final int TRANSPARENT = 255;

  private static final int COLOUR = 0xffffff;

  private record Box(List<Map.Entry<Integer, Integer>> colours) {
    long count() {
      return colours.stream().mapToLong(Map.Entry::getValue).sum();
    }

    int width(int shift) {
      int low = 255;
      int high = 0;
      for (Map.Entry<Integer, Integer> colour : colours) {
        int part = colour.getKey() >> shift & 255;
        low = Math.min(low, part);
        high = Math.max(high, part);
      }
      return high - low;
    }

    int widest() {
      return width(16) > Math.max(width(8), width(0)) ? 16 : width(8) >= width(0) ? 8 : 0;
    }

    /** How much is lost by one colour for all. */
    double spread() {
      double width = width(widest());
      return width * width * count();
    }

    List<Box> halves() {
      int shift = widest();
      List<Map.Entry<Integer, Integer>> sorted = new ArrayList<>(colours);
      sorted.sort(Comparator.comparingInt(colour -> colour.getKey() >> shift & 255));
      long half = count() / 2;
      long sum = 0;
      int cut = 0;
      while (cut < sorted.size() - 1 && (cut == 0 || sum < half)) {
        sum += sorted.get(cut++).getValue();
      }
      return List.of(new Box(sorted.subList(0, cut)), new Box(sorted.subList(cut, sorted.size())));
    }

    int mean() {
      double red = 0;
      double green = 0;
      double blue = 0;
      for (Map.Entry<Integer, Integer> colour : colours) {
        double share = (double) colour.getValue() / count();
        Colour one = Colour.of(colour.getKey());
        red += share * one.red();
        green += share * one.green();
        blue += share * one.blue();
      }
      return new Colour((int) Math.round(red), (int) Math.round(green), (int) Math.round(blue))
          .rgb();
    }
  }

  private final List<Integer> colours;
  private final Map<Integer, Integer> nearest = new ConcurrentHashMap<>();

  private Palette(Collection<Integer> colours) {
    this.colours = List.copyOf(colours);
  }

  /**
   * The palette of images.
   *
   * @param kept colours that stay as they are, fewer than 200
   */
  static Palette of(List<BufferedImage> images, Collection<Colour> kept) {
    Set<Integer> chosen = new LinkedHashSet<>(kept.stream().map(Colour::rgb).toList());
    Map<Integer, Integer> counts = new HashMap<>();
    for (BufferedImage image : images) {
      for (int pixel : pixels(image)) {
        counts.merge(pixel & COLOUR, 1, Integer::sum);
      }
    }
    counts.keySet().removeAll(chosen);
    List<Box> boxes = new ArrayList<>();
    if (!counts.isEmpty()) {
      // By colour, so that the order of a hash map does not show.
      List<Map.Entry<Integer, Integer>> sorted = new ArrayList<>(counts.entrySet());
      sorted.sort(Map.Entry.comparingByKey());
      boxes.add(new Box(sorted));
    }
    while (!boxes.isEmpty() && boxes.size() < TRANSPARENT - chosen.size()) {
      Box widest = boxes.stream().max(Comparator.comparingDouble(Box::spread)).orElseThrow();
      if (widest.colours().size() < 2) {
        break;
      }
      boxes.remove(widest);
      boxes.addAll(widest.halves());
    }
    boxes.forEach(box -> chosen.add(box.mean()));
    return new Palette(chosen);
  }

  /** All places, those that are not needed black. */
  IndexColorModel model() {
    byte[] red = new byte[256];
    byte[] green = new byte[256];
    byte[] blue = new byte[256];
    for (int i = 0; i < colours.size(); i++) {
      Colour colour = Colour.of(colours.get(i));
      red[i] = (byte) colour.red();
      green[i] = (byte) colour.green();
      blue[i] = (byte) colour.blue();
    }
    return new IndexColorModel(8, 256, red, green, blue, TRANSPARENT);
  }

  /** The places of an image's colours, row after row; of several images at once if need be. */
  byte[] places(BufferedImage image) {
    int[] pixels = pixels(image);
    byte[] places = new byte[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      // Most pixels are as the one before.
      places[i] = i > 0 && pixels[i] == pixels[i - 1] ? places[i - 1] : place(pixels[i]);
    }
    return places;
  }

  /**
   * The same, sooner, of an image that is mostly as another.
   *
   * @param known the places of the other
   */
  byte[] places(BufferedImage image, BufferedImage other, byte[] known) {
    int[] pixels = pixels(image);
    int[] others = pixels(other);
    byte[] places = known.clone();
    for (int i = 0; i < pixels.length; i++) {
      if (pixels[i] != others[i]) {
        places[i] = place(pixels[i]);
      }
    }
    return places;
  }

  private byte place(int pixel) {
    return (byte) (int) nearest.computeIfAbsent(pixel & COLOUR, this::nearest);
  }

  private int nearest(int rgb) {
    int best = 0;
    long least = Long.MAX_VALUE;
    for (int i = 0; i < colours.size(); i++) {
      long distance = distance(rgb, colours.get(i));
      if (distance < least) {
        least = distance;
        best = i;
      }
    }
    return best;
  }

  private static long distance(int one, int other) {
    long red = (one >> 16 & 255) - (other >> 16 & 255);
    long green = (one >> 8 & 255) - (other >> 8 & 255);
    long blue = (one & 255) - (other & 255);
    return red * red + green * green + blue * blue;
  }

  /** Those of the image itself; what they have above {@link #COLOUR} is of no account. */
  private static int[] pixels(BufferedImage image) {
    return ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
  }
}
