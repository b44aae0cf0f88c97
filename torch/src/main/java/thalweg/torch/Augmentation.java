package thalweg.torch;

import java.util.ArrayList;
import java.util.List;

/**
 * How a picture may differ from epoch to epoch; the label stays.
 *
 * @param shift moves by up to so many pixels in each direction (a crop of the padded picture), at
 *     least 0
 * @param flip mirrors left and right, with chance 1/2
 * @param rotation turns by up to so many degrees either way, bilinear, in [0, 180]
 * @param cutout blanks a square of this side at a random place (T. DeVries and G. Taylor, Improved
 *     Regularization of Convolutional Neural Networks with Cutout, 2017), in pixels, at least 0
 */
public record Augmentation(int shift, boolean flip, double rotation, int cutout) {
  /** Changes nothing. */
  public static final Augmentation NONE = new Augmentation(0, false, 0, 0);

  public Augmentation {
    if (shift < 0 || cutout < 0) {
      throw new IllegalArgumentException(
          "Augmentation.shift and cutout must be >= 0, got %d and %d".formatted(shift, cutout));
    }
    if (!(rotation >= 0 && rotation <= 180)) {
      throw new IllegalArgumentException(
          "Augmentation.rotation must be in [0, 180], got " + rotation);
    }
  }

  /** Pictures that differ by epoch: a function of seed, row and epoch; in epoch 0 as they are. */
  public Features of(Features pictures, Form.Image form, float[] black, long seed) {
    return equals(NONE) ? pictures : new AugmentedFeatures(pictures, form, this, black, seed);
  }

  /** The text form, such as {@code shift:1,flip,rotate:10,cutout:3}; {@code none} for none. */
  public String text() {
    List<String> parts = new ArrayList<>();
    if (shift > 0) {
      parts.add("shift:" + shift);
    }
    if (flip) {
      parts.add("flip");
    }
    if (rotation > 0) {
      parts.add("rotate:" + rotation);
    }
    if (cutout > 0) {
      parts.add("cutout:" + cutout);
    }
    return parts.isEmpty() ? "none" : String.join(",", parts);
  }

  /** Reads the text form. */
  public static Augmentation parse(String text) {
    Augmentation read = NONE;
    for (String part : text.split(",", -1)) {
      String[] pair = part.strip().split(":", 2);
      try {
        read =
            switch (pair[0]) {
              case "none" -> read;
              case "flip" -> new Augmentation(read.shift, true, read.rotation, read.cutout);
              case "shift" ->
                  new Augmentation(
                      Integer.parseInt(value(pair)), read.flip, read.rotation, read.cutout);
              case "rotate" ->
                  new Augmentation(
                      read.shift, read.flip, Double.parseDouble(value(pair)), read.cutout);
              case "cutout" ->
                  new Augmentation(
                      read.shift, read.flip, read.rotation, Integer.parseInt(value(pair)));
              default -> throw new NumberFormatException(part);
            };
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "augmentation must be such as shift:1,flip,rotate:10,cutout:3, got '%s'"
                .formatted(text),
            e);
      }
    }
    return read;
  }

  private static String value(String[] pair) {
    return pair.length == 2 ? pair[1] : "";
  }
}
