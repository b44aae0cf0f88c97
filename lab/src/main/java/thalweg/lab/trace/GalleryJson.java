package thalweg.lab.trace;

import com.fasterxml.jackson.core.JsonGenerator;

/** A gallery as JSON, format {@code gallery/1}: its traces and its sweep, each in its own format. */
public final class GalleryJson {
  private GalleryJson() {}

  /** The whole text, on one line. */
  public static String of(Gallery gallery) {
    return TraceJson.text(to -> {
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
        out.writeEndObject();
      }
    });
  }
}
