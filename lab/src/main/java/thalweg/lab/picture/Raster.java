package thalweg.lab.picture;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.imageio.ImageIO;
import thalweg.lab.BadInput;

/** A drawing as pixels, without a screen. */
final class Raster {
  static {
    // Nothing here needs a display, and one that is named but absent would be an error.
    System.setProperty("java.awt.headless", "true");
  }

  private final Graphics2D graphics;

  private Raster(Graphics2D graphics) {
    this.graphics = graphics;
  }

  /** As a PNG file. */
  static byte[] png(Drawing drawing, double scale) {
    var bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image(drawing, scale), "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * As an image.
   *
   * @param scale pixels of the image for each of the drawing, above 0
   */
  static BufferedImage image(Drawing drawing, double scale) {
    var image =
        new BufferedImage(
            (int) Math.round(drawing.width() * scale),
            (int) Math.round(drawing.height() * scale),
            BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.decode(drawing.paper()));
    graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    graphics.dispose();
    draw(image, drawing.figures(), scale);
    return image;
  }

  /** Draws on what is there. */
  static void draw(BufferedImage image, List<Figure> figures, double scale) {
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      graphics.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      graphics.setRenderingHint(
          RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
      graphics.setRenderingHint(
          RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      graphics.scale(scale, scale);
      var raster = new Raster(graphics);
      for (Figure figure : figures) {
        switch (figure) {
          case Figure.Path path -> raster.path(path);
          case Figure.Text text -> raster.text(text);
        }
      }
    } finally {
      graphics.dispose();
    }
  }

  private void path(Figure.Path path) {
    var outline = new Path2D.Double(Path2D.WIND_EVEN_ODD);
    for (Polyline line : path.lines()) {
      for (int i = 0; i < line.points().size(); i++) {
        double[] point = line.points().get(i);
        if (i == 0) {
          outline.moveTo(point[0], point[1]);
        } else {
          outline.lineTo(point[0], point[1]);
        }
      }
      if (line.closed()) {
        outline.closePath();
      }
    }
    graphics.setComposite(AlphaComposite.SrcOver.derive((float) path.opacity()));
    if (path.fill() != null) {
      graphics.setColor(Color.decode(path.fill()));
      graphics.fill(outline);
    }
    Figure.Pen pen = path.pen();
    if (pen != null) {
      graphics.setColor(Color.decode(pen.colour()));
      graphics.setStroke(stroke(pen));
      graphics.draw(outline);
    }
    graphics.setComposite(AlphaComposite.SrcOver);
  }

  private static BasicStroke stroke(Figure.Pen pen) {
    float width = (float) pen.width();
    if (pen.dash().isEmpty()) {
      return new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    }
    float[] dash = new float[pen.dash().size()];
    for (int i = 0; i < dash.length; i++) {
      dash[i] = pen.dash().get(i);
    }
    return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, dash, 0);
  }

  private void text(Figure.Text text) {
    Figure.Letters letters = text.letters();
    int style = letters.bold() ? Font.BOLD : Font.PLAIN;
    Font font = font(style).deriveFont((float) letters.size());
    AffineTransform before = graphics.getTransform();
    graphics.translate(text.x(), text.y());
    if (letters.upwards()) {
      graphics.rotate(-Math.PI / 2);
    }
    double width = font.getStringBounds(text.text(), graphics.getFontRenderContext()).getWidth();
    double shift =
        switch (text.anchor()) {
          case START -> 0;
          case MIDDLE -> -width / 2;
          case END -> -width;
        };
    graphics.setColor(Color.decode(letters.colour()));
    graphics.setFont(font);
    graphics.drawString(text.text(), (float) shift, 0);
    graphics.setTransform(before);
  }

  /** The system's own; a small system may have none, and the JDK then fails in ways of its own. */
  private static Font font(int style) {
    try {
      var font = new Font(Font.SANS_SERIF, style, 1);
      if (font.canDisplay('a')) {
        return font;
      }
    } catch (RuntimeException | LinkageError | InternalError e) {
      throw new BadInput(noFonts(), e);
    } catch (Error e) {
      // The JDK's own for "no fonts found" is this very class.
      if (e.getClass() != Error.class) {
        throw e;
      }
      throw new BadInput(noFonts(), e);
    }
    throw new BadInput(noFonts());
  }

  private static String noFonts() {
    return "cannot write letters into a PNG or GIF: this system has no fonts; install fontconfig"
        + " and a font such as DejaVu, or write .svg";
  }
}
