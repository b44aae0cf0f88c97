package thalweg.lab.picture;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import thalweg.lab.surface.Box;
import thalweg.lab.surface.Coordinates;

/**
 * What a page draws a surface from, format {@code map/1}: heights as places on the {@link
 * HeightScale}, the lines of equal height and the colours, so that pages decide none of them.
 *
 * <p>Fields: {@code nodes} a side, {@code names} of the two coordinates, {@code low} and {@code
 * high} of the box, {@code at} the place that has the other coordinates, {@code scale} ({@code
 * low}, {@code high}, {@code knee}, {@code cut_below}, {@code cut_above}, {@code text}), {@code
 * shares} (base64 of unsigned 16-bit numbers, low byte first, row by row: the height's share of the
 * scale times {@value #WHOLE}, {@value #NONE} where it is not finite), {@code contours} ({@code
 * height} and {@code lines}; a line is whole numbers, {@value #ACROSS} to the width of the box: the
 * first x and y, then differences), {@code light} and {@code dark} colours.
 */
public final class MapJson {
  private static final int WHOLE = 65_534;
  private static final int NONE = 65_535;
  private static final int ACROSS = 5_000;
  private static final JsonFactory JSON = new JsonFactory();

  private MapJson() {}

  /** The whole text, on one line. */
  public static String of(SurfaceGrid grid) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(text)) {
      HeightScale scale = grid.scale();
      out.writeStartObject();
      out.writeStringField("format", "map/1");
      out.writeNumberField("nodes", grid.z().length);
      strings(out, "names", List.of(name(grid, 1), name(grid, 2)));
      numbers(out, "low", grid.box().low());
      numbers(out, "high", grid.box().high());
      numbers(out, "at", grid.at());
      out.writeObjectFieldStart("scale");
      out.writeNumberField("low", scale.low());
      out.writeNumberField("high", scale.high());
      out.writeNumberField("knee", scale.knee());
      out.writeBooleanField("cut_below", scale.cutBelow());
      out.writeBooleanField("cut_above", scale.cutAbove());
      out.writeStringField("text", scale.text());
      out.writeEndObject();
      out.writeStringField("shares", shares(grid.z(), scale));
      out.writeArrayFieldStart("contours");
      for (Contour contour : Contours.of(grid.z(), grid.box(), scale.levels(HeightScale.LEVELS))) {
        out.writeStartObject();
        out.writeNumberField("height", contour.height());
        out.writeArrayFieldStart("lines");
        for (Polyline line : contour.lines()) {
          line(out, line, grid.box());
        }
        out.writeEndArray();
        out.writeEndObject();
      }
      out.writeEndArray();
      strings(out, "light", HeightColors.light());
      strings(out, "dark", HeightColors.dark());
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static String name(SurfaceGrid grid, int coordinate) {
    return Coordinates.name(coordinate, grid.at().size());
  }

  private static String shares(double[][] z, HeightScale scale) {
    ByteBuffer bytes =
        ByteBuffer.allocate(2 * z.length * z[0].length).order(ByteOrder.LITTLE_ENDIAN);
    for (double[] row : z) {
      for (double height : row) {
        long share = Double.isFinite(height) ? Math.round(scale.share(height) * WHOLE) : NONE;
        bytes.putShort((short) share);
      }
    }
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  private static void line(JsonGenerator out, Polyline line, Box box) throws IOException {
    long lastX = 0;
    long lastY = 0;
    boolean first = true;
    out.writeStartArray();
    int count = line.points().size();
    for (int i = 0; i < (line.closed() ? count + 1 : count); i++) {
      double[] point = line.points().get(i % count);
      long x = across(point[0], box, 0);
      long y = across(point[1], box, 1);
      if (first || x != lastX || y != lastY) {
        out.writeNumber(x - lastX);
        out.writeNumber(y - lastY);
      }
      first = false;
      lastX = x;
      lastY = y;
    }
    out.writeEndArray();
  }

  private static long across(double value, Box box, int axis) {
    double low = box.low().get(axis);
    return Math.round((value - low) / (box.high().get(axis) - low) * ACROSS);
  }

  private static void numbers(JsonGenerator out, String name, List<Double> values)
      throws IOException {
    out.writeArrayFieldStart(name);
    for (double value : values) {
      out.writeNumber(value);
    }
    out.writeEndArray();
  }

  private static void strings(JsonGenerator out, String name, List<String> values)
      throws IOException {
    out.writeArrayFieldStart(name);
    for (String value : values) {
      out.writeString(value);
    }
    out.writeEndArray();
  }
}
