package thalweg.lab.trace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import thalweg.lab.SafeFile;
import thalweg.lab.surface.Minimum;
import thalweg.lab.surface.Surface;

/** A trace as JSON, format {@code trace/1}: every place of every walk, in full precision. */
public final class TraceJson {
  private static final JsonFactory JSON = new JsonFactory();

  private TraceJson() {}

  /** The whole text, on one line. */
  public static String of(Trace trace) {
    return text(to -> write(trace, to));
  }

  /** Writes it, and leaves what it is written to open. */
  public static void write(Trace trace, Writer to) throws IOException {
    try (JsonGenerator out = generator(to)) {
      write(trace, out);
    }
  }

  static String text(SafeFile.Text text) {
    StringWriter whole = new StringWriter();
    try {
      text.writeTo(whole);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return whole.toString();
  }

  static JsonGenerator generator(Writer to) throws IOException {
    return JSON.createGenerator(to).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
  }

  static void write(Trace trace, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("format", "trace/1");
    request(out, trace.request());
    numbers(out, "within", Targets.WITHIN);
    out.writeArrayFieldStart("walks");
    for (Walk walk : trace.walks()) {
      walk(out, trace.request().surface(), walk);
    }
    out.writeEndArray();
    out.writeArrayFieldStart("tunings");
    for (Tuning tuning : trace.tunings()) {
      tuning(out, tuning);
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  /** The fields of a request, but for its optimizers. */
  static void request(JsonGenerator out, TraceRequest request) throws IOException {
    surface(out, request.surface());
    numbers(out, "start", request.start());
    out.writeNumberField("steps", request.steps());
    out.writeNumberField("noise", request.noise());
    out.writeNumberField("seed", request.seed());
  }

  private static void tuning(JsonGenerator out, Tuning tuning) throws IOException {
    out.writeStartObject();
    out.writeStringField("spec", tuning.spec());
    number(out, "rate", tuning.rate());
    out.writeStringField(
        "at_end", tuning.end().map(end -> end.name().toLowerCase(Locale.ROOT)).orElse(null));
    out.writeNumberField("rehearsals", tuning.rehearsals());
    numbers(out, "passed", tuning.passed());
    out.writeArrayFieldStart("trials");
    for (Tuning.Trial trial : tuning.trials()) {
      out.writeStartObject();
      out.writeNumberField("rate", trial.rate());
      number(out, "loss", trial.ending().loss());
      out.writeBooleanField("inside", trial.ending().inside());
      out.writeNumberField("since", trial.ending().since());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
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

  /** A walk with all its steps. */
  static void walk(JsonGenerator out, Surface surface, Walk walk) throws IOException {
    out.writeStartObject();
    out.writeStringField("label", walk.label());
    out.writeStringField("spec", walk.spec());
    out.writeStringField("canonical", walk.canonical());
    out.writeFieldName("left_at");
    leftAt(out, walk.stop());
    out.writeFieldName("ended");
    ended(out, walk.stop());
    out.writeArrayFieldStart("steps_within");
    for (OptionalInt step : Targets.of(surface, walk).steps()) {
      if (step.isPresent()) {
        out.writeNumber(step.getAsInt());
      } else {
        out.writeNull();
      }
    }
    out.writeEndArray();
    OptionalDouble distance = Targets.distance(surface, walk.x()[walk.steps()]);
    number(out, "final_distance", distance.orElse(Double.NaN));
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

  /** The step of an early end, or null. */
  static void leftAt(JsonGenerator out, @Nullable Stop stop) throws IOException {
    if (stop == null) {
      out.writeNull();
    } else {
      out.writeNumber(stop.at());
    }
  }

  /** The reason of an early end, or null. */
  static void ended(JsonGenerator out, @Nullable Stop stop) throws IOException {
    out.writeString(stop == null ? null : stop.why().id());
  }

  static void number(JsonGenerator out, String name, double value) throws IOException {
    out.writeFieldName(name);
    number(out, value);
  }

  static void numbers(JsonGenerator out, String name, List<Double> values) throws IOException {
    numbers(out, name, values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  static void numbers(JsonGenerator out, String name, double... values) throws IOException {
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
