package thalweg.lab.trace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import thalweg.lab.surface.Minimum;
import thalweg.lab.surface.Surface;

/** A trace as JSON, format {@code trace/1}: every place of every walk, in full precision. */
public final class TraceJson {
  private static final JsonFactory JSON = new JsonFactory();

  private TraceJson() {}

  /** The whole text, on one line. */
  public static String of(Trace trace) {
    StringWriter text = new StringWriter();
    try {
      write(trace, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /** Writes it, and leaves what it is written to open. */
  public static void write(Trace trace, Writer to) throws IOException {
    JsonGenerator out = JSON.createGenerator(to);
    out.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    TraceRequest request = trace.request();
    out.writeStartObject();
    out.writeStringField("format", "trace/1");
    surface(out, request.surface());
    numbers(out, "start", request.start());
    out.writeNumberField("steps", request.steps());
    out.writeNumberField("noise", request.noise());
    out.writeNumberField("seed", request.seed());
    numbers(out, "within", Targets.WITHIN);
    out.writeArrayFieldStart("walks");
    for (Walk walk : trace.walks()) {
      walk(out, request.surface(), walk);
    }
    out.writeEndArray();
    out.writeEndObject();
    out.close();
  }

  private static void surface(JsonGenerator out, Surface surface) throws IOException {
    out.writeObjectFieldStart("surface");
    out.writeStringField("text", surface.text());
    out.writeStringField("formula", surface.formula());
    out.writeNumberField("dimension", surface.dimension());
    numbers(out, "low", surface.box().low());
    numbers(out, "high", surface.box().high());
    out.writeArrayFieldStart("minima");
    for (Minimum minimum : surface.minima()) {
      out.writeStartObject();
      numbers(out, "at", minimum.at());
      out.writeNumberField("value", minimum.value());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void walk(JsonGenerator out, Surface surface, Walk walk) throws IOException {
    out.writeStartObject();
    out.writeStringField("label", walk.label());
    out.writeStringField("spec", walk.spec());
    out.writeStringField("canonical", walk.canonical());
    if (walk.leftAt() == null) {
      out.writeNullField("left_at");
    } else {
      out.writeNumberField("left_at", walk.leftAt());
    }
    out.writeArrayFieldStart("steps_within");
    for (OptionalInt step : Targets.of(surface, walk).steps()) {
      if (step.isPresent()) {
        out.writeNumber(step.getAsInt());
      } else {
        out.writeNull();
      }
    }
    out.writeEndArray();
    out.writeFieldName("final_distance");
    OptionalDouble distance = Targets.distance(surface, walk.x()[walk.steps()]);
    number(out, distance.orElse(Double.NaN));
    out.writeArrayFieldStart("x");
    for (double[] place : walk.x()) {
      out.writeArray(place, 0, place.length);
    }
    out.writeEndArray();
    numbers(out, "loss", walk.loss());
    numbers(out, "gradient_norm", walk.gradientNorm());
    numbers(out, "rate", walk.rate());
    numbers(out, "lr", walk.lr());
    out.writeEndObject();
  }

  private static void numbers(JsonGenerator out, String name, List<Double> values)
      throws IOException {
    numbers(out, name, values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static void numbers(JsonGenerator out, String name, double... values)
      throws IOException {
    out.writeArrayFieldStart(name);
    for (double value : values) {
      number(out, value);
    }
    out.writeEndArray();
  }

  private static void number(JsonGenerator out, double value) throws IOException {
    if (Double.isFinite(value)) {
      out.writeNumber(value);
    } else {
      out.writeNull();
    }
  }
}
