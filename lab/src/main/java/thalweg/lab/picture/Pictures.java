package thalweg.lab.picture;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import thalweg.lab.BadInput;
import thalweg.lab.Progress;
import thalweg.lab.SafeFile;
import thalweg.lab.trace.Trace;

/**
 * Pictures of traces in files, for slides and documents. They are made without a browser and
 * without a screen, and need nothing but themselves to be shown.
 */
public final class Pictures {
  private static final double PIXELS = 2;

  private Pictures() {}

  /**
   * Says early that a still picture cannot be written to a file.
   *
   * @throws BadInput if its name ends neither in .svg nor in .png, or the place refuses it
   */
  public static void checkStill(Path file) {
    if (!ends(file, ".svg") && !ends(file, ".png")) {
      throw new BadInput(
          "a still picture is an .svg or a .png file, got %s; name it so"
              .formatted(file.getFileName()));
    }
    SafeFile.check(file);
  }

  /**
   * Says early that an animation cannot be written to a file.
   *
   * @throws BadInput if its name does not end in .gif, or the place refuses it
   */
  public static void checkAnimation(Path file) {
    if (!ends(file, ".gif")) {
      throw new BadInput(
          "an animation is a .gif file, got %s; name it so".formatted(file.getFileName()));
    }
    SafeFile.check(file);
  }

  /**
   * Writes all steps at once: as SVG, which stays sharp at every size, or as PNG with twice the
   * pixels.
   *
   * @param views from left to right, at least one
   * @throws BadInput if the file cannot be written, or is a PNG and the system has no fonts
   */
  public static void writeStill(Path file, Trace trace, List<View> views, Paper paper) {
    checkStill(file);
    Drawing drawing = Picture.of(trace, views, paper).still();
    SafeFile.write(
        file,
        ends(file, ".svg")
            ? Svg.of(drawing).getBytes(StandardCharsets.UTF_8)
            : Raster.png(drawing, PIXELS));
  }

  /**
   * Writes the walks growing, for three to ten seconds and again and again.
   *
   * @param look how it is shown how far the drawing is
   * @throws BadInput if the file cannot be written or the system has no fonts
   */
  public static void writeAnimation(
      Path file, Trace trace, List<View> views, Paper paper, Progress.Look look) {
    checkAnimation(file);
    SafeFile.write(file, Animation.gif(Picture.of(trace, views, paper), look));
  }

  private static boolean ends(Path file, String ending) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(ending);
  }
}
