package thalweg.lab.picture;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import thalweg.lab.Progress;

/** The walks of a picture growing step by step, as a GIF file that begins again at its end. */
final class Animation {
  /** Frames at most; more steps than that are shown several at a time. */
  private static final int MOST_FRAMES = 100;

  /** Hundredths of a second for all steps, and for the whole that stays at the end. */
  private static final int DURATION = 600;

  private static final int SLOWEST = 20;
  private static final int LAST = 200;
  private static final double BAR = 4;

  private final Picture picture;
  private final BufferedImage ground;

  private Animation(Picture picture) {
    this.picture = picture;
    this.ground = Raster.image(picture.ground(), 1);
  }

  /** The file; how far it is is shown while it is drawn. */
  static byte[] gif(Picture picture, Progress.Look look) {
    return new Animation(picture).gif(look);
  }

  /** The steps that have a frame: the start, the end, and evenly between them. */
  static List<Integer> shown(int steps) {
    int moves = Math.min(steps, MOST_FRAMES - 1);
    return IntStream.rangeClosed(0, moves)
        .mapToObj(k -> (int) Math.round((double) k * steps / moves))
        .toList();
  }

  /** Hundredths of a second for each frame but the last. */
  static int delay(int frames) {
    return Math.clamp(DURATION / frames, 2, SLOWEST);
  }

  private byte[] gif(Progress.Look look) {
    List<Integer> shown = shown(picture.steps());
    List<BufferedImage> samples =
        List.of(ground, frame(picture.steps() / 2), frame(picture.steps()));
    Palette palette = Palette.of(samples, picture.colours());
    byte[] still = palette.places(ground);
    List<byte[]> frames;
    try (Progress progress = new Progress("drawing", shown.size(), look)) {
      frames =
          shown.parallelStream()
              .map(step -> {
                byte[] frame = palette.places(frame(step), ground, still);
                progress.advance(1, "frames");
                return frame;
              })
              .toList();
    }
    var gif = new Gif(palette, ground.getWidth(), ground.getHeight());
    for (int i = 0; i < frames.size(); i++) {
      gif.add(frames.get(i), i == frames.size() - 1 ? LAST : delay(frames.size()));
    }
    return gif.bytes();
  }

  private BufferedImage frame(int step) {
    var image = new BufferedImage(ground.getWidth(), ground.getHeight(), ground.getType());
    ground.copyData(image.getRaster());
    List<Figure> figures = new ArrayList<>(picture.until(step));
    double done = (double) step / picture.steps() * ground.getWidth();
    figures.add(
        new Figure.Path(
            List.of(Plane.rectangle(0, ground.getHeight() - BAR, done, BAR)),
            picture.paper().soft(),
            null,
            1));
    Raster.draw(image, figures, 1);
    return image;
  }
}
