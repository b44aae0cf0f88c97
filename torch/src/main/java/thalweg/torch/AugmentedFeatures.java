package thalweg.torch;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.util.random.RandomGenerator;

/**
 * Pictures that differ from epoch to epoch.
 *
 * @param black what lies around a picture, one a channel
 */
@SuppressWarnings("ArrayRecordComponent") // a few numbers, never compared
record AugmentedFeatures(
    Features pictures, Form.Image form, Augmentation how, float[] black, long seed)
    implements Features {
  AugmentedFeatures {
    if (pictures.columns() != form.columns() || black.length != form.channels()) {
      throw new IllegalArgumentException(
          "features of %d columns and %d channels' black are not %s"
              .formatted(pictures.columns(), black.length, form));
    }
    if (how.shift() >= Math.min(form.height(), form.width())
        || how.cutout() >= Math.min(form.height(), form.width())) {
      throw new IllegalArgumentException(
          "augmentation %s leaves nothing of pictures of %dx%d; use smaller numbers"
              .formatted(how.text(), form.height(), form.width()));
    }
  }

  @Override
  public int rows() {
    return pictures.rows();
  }

  @Override
  public int columns() {
    return pictures.columns();
  }

  @Override
  public void read(int row, int epoch, MemorySegment into, long at) {
    if (epoch == 0) {
      pictures.read(row, 0, into, at);
      return;
    }
    float[] picture = new float[columns()];
    MemorySegment raw = MemorySegment.ofArray(new byte[columns() * Float.BYTES]);
    pictures.read(row, epoch, raw, 0);
    MemorySegment.copy(raw, JAVA_FLOAT_UNALIGNED, 0, picture, 0, picture.length);
    float[] changed = change(picture, Order.random(seed, row, epoch));
    MemorySegment.copy(changed, 0, into, JAVA_FLOAT_UNALIGNED, at, changed.length);
  }

  private float[] change(float[] picture, RandomGenerator random) {
    // Every number is drawn whether it is needed or not, so that one option does not move another.
    int dy = random.nextInt(2 * how.shift() + 1) - how.shift();
    int dx = random.nextInt(2 * how.shift() + 1) - how.shift();
    boolean flipped = random.nextBoolean() && how.flip();
    double angle = Math.toRadians((2 * random.nextDouble() - 1) * how.rotation());
    double cutY = random.nextDouble();
    double cutX = random.nextDouble();
    float[] changed = new float[picture.length];
    int height = form.height();
    int width = form.width();
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    double centreY = (height - 1) / 2.0;
    double centreX = (width - 1) / 2.0;
    int top = (int) (cutY * (height - how.cutout() + 1));
    int left = (int) (cutX * (width - how.cutout() + 1));
    for (int c = 0; c < form.channels(); c++) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          boolean cut = y >= top && y < top + how.cutout() && x >= left && x < left + how.cutout();
          double overY = y - dy - centreY;
          double overX = (flipped ? width - 1 - x : x) - dx - centreX;
          changed[(c * height + y) * width + x] =
              cut
                  ? black[c]
                  : pixel(
                      picture,
                      c,
                      centreY + cos * overY + sin * overX,
                      centreX - sin * overY + cos * overX);
        }
      }
    }
    return changed;
  }

  /** The picture between its pixels, bilinear; exactly a pixel at whole numbers. */
  private float pixel(float[] picture, int channel, double y, double x) {
    int top = (int) Math.floor(y);
    int left = (int) Math.floor(x);
    double down = y - top;
    double right = x - left;
    if (down == 0 && right == 0) {
      return at(picture, channel, top, left);
    }
    double upper =
        (1 - right) * at(picture, channel, top, left) + right * at(picture, channel, top, left + 1);
    double lower =
        (1 - right) * at(picture, channel, top + 1, left)
            + right * at(picture, channel, top + 1, left + 1);
    return (float) ((1 - down) * upper + down * lower);
  }

  private float at(float[] picture, int channel, int y, int x) {
    return y < 0 || x < 0 || y >= form.height() || x >= form.width()
        ? black[channel]
        : picture[(channel * form.height() + y) * form.width() + x];
  }
}
