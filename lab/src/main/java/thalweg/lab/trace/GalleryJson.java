package thalweg.lab.trace;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import thalweg.lab.compare.Comparison;
import thalweg.lab.compare.ComparisonJson;

/**
 * A gallery as JSON, format {@code gallery/1}: its traces, its sweep and its comparisons, each in
 * its own format.
 */
public final class GalleryJson {
  private GalleryJson() {}

  /** The whole text, on one line. */
  public static String of(Gallery gallery) {
    return TraceJson.text(to -> write(gallery, to));
  }

  /** Writes it, and leaves what it is written to open. */
  public static void write(Gallery gallery, Writer to) throws IOException {
    try (JsonGenerator out = TraceJson.generator(to)) {
      out.writeStartObject();
      out.writeStringField("format", "gallery/1");
      out.writeArrayFieldStart("traces");
      for (Trace trace : gallery.traces()) {
        TraceJson.write(trace, out);
      }
      out.writeEndArray();
      out.writeFieldName("rates");
      SweepJson.write(gallery.rates(), out);
      out.writeArrayFieldStart("networks");
      for (Comparison network : gallery.networks()) {
        out.writeRawValue(ComparisonJson.compact(network));
      }
      out.writeEndArray();
      out.writeEndObject();
    }
  }
}
