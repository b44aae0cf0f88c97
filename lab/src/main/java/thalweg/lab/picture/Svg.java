package thalweg.lab.picture;

import java.util.List;
import java.util.Locale;
import thalweg.lab.page.Html;

/** A drawing as an SVG file: text that names no font of its own and needs nothing else. */
final class Svg {
  private static final String FONTS =
      "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'DejaVu Sans',"
          + " sans-serif";

  /** Of the cells of a surface, thousands in a file; said once. */
  private static final double USUAL_WIDTH = 0.5;

  private final StringBuilder out = new StringBuilder();

  private Svg() {}

  static String of(Drawing drawing) {
    return new Svg().text(drawing);
  }

  private String text(Drawing drawing) {
    int width = drawing.width();
    int height = drawing.height();
    out.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" \
        role="img" font-family="%s" stroke-width="%s" stroke-linejoin="round" stroke-linecap="round">
        <title>%s</title>
        <desc>%s</desc>
        <path fill="%s" d="M0 0H%dV%dH0Z"/>
        """
            .formatted(
                width,
                height,
                width,
                height,
                FONTS,
                plain(USUAL_WIDTH),
                Html.escape(drawing.title()),
                Html.escape(drawing.about()),
                drawing.paper(),
                width,
                height));
    for (Figure figure : drawing.figures()) {
      switch (figure) {
        case Figure.Path path -> path(path);
        case Figure.Text text -> text(text);
      }
    }
    return out.append("</svg>\n").toString();
  }

  private void path(Figure.Path path) {
    out.append("<path fill=\"").append(path.fill() == null ? "none" : path.fill()).append('"');
    if (path.fill() != null && path.lines().size() > 1) {
      out.append(" fill-rule=\"evenodd\"");
    }
    Figure.Pen pen = path.pen();
    if (pen != null) {
      out.append(" stroke=\"").append(pen.colour()).append('"');
      if (pen.width() != USUAL_WIDTH) {
        out.append(" stroke-width=\"").append(plain(pen.width())).append('"');
      }
      if (!pen.dash().isEmpty()) {
        String dash = String.join(" ", pen.dash().stream().map(String::valueOf).toList());
        // A round end would fill the gaps of a short dash.
        out.append(" stroke-dasharray=\"%s\" stroke-linecap=\"butt\"".formatted(dash));
      }
    }
    if (path.opacity() < 1) {
      out.append(" opacity=\"").append(plain(path.opacity())).append('"');
    }
    out.append(" d=\"");
    path.lines().forEach(this::line);
    out.append("\"/>\n");
  }

  /** Tenths of a pixel, each point from the one before as it was rounded. */
  private void line(Polyline line) {
    List<double[]> points = line.points();
    long x = 0;
    long y = 0;
    for (int i = 0; i < points.size(); i++) {
      long nextX = Math.round(10 * points.get(i)[0]);
      long nextY = Math.round(10 * points.get(i)[1]);
      if (i == 0) {
        out.append('M').append(tenths(nextX)).append(' ').append(tenths(nextY));
      } else if (nextX != x || nextY != y || points.size() == 2) {
        String dx = tenths(nextX - x);
        String dy = tenths(nextY - y);
        out.append(i == 1 ? "l" : dx.startsWith("-") ? "" : " ").append(dx);
        out.append(dy.startsWith("-") ? "" : " ").append(dy);
      }
      x = nextX;
      y = nextY;
    }
    if (line.closed()) {
      out.append('Z');
    }
  }

  private void text(Figure.Text text) {
    Figure.Letters letters = text.letters();
    String x = plain(text.x());
    String y = plain(text.y());
    out.append("<text x=\"").append(x).append("\" y=\"").append(y).append('"');
    out.append(" font-size=\"").append(plain(letters.size())).append('"');
    out.append(" fill=\"").append(letters.colour()).append('"');
    if (letters.bold()) {
      out.append(" font-weight=\"600\"");
    }
    switch (text.anchor()) {
      case START -> {}
      case MIDDLE -> out.append(" text-anchor=\"middle\"");
      case END -> out.append(" text-anchor=\"end\"");
    }
    if (letters.upwards()) {
      out.append(" transform=\"rotate(-90 %s %s)\"".formatted(x, y));
    }
    out.append('>').append(Html.escape(text.text())).append("</text>\n");
  }

  private static String tenths(long tenths) {
    return tenths % 10 == 0 ? Long.toString(tenths / 10) : plain(tenths / 10.0);
  }

  private static String plain(double value) {
    String text = String.format(Locale.ROOT, "%.2f", value).replaceFirst("\\.?0+$", "");
    return text.equals("-0") ? "0" : text;
  }
}
