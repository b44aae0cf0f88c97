package thalweg.lab.serve.play;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import thalweg.lab.serve.http.TextStream;
import thalweg.lab.surface.Surface;
import thalweg.lab.trace.Targets;
import thalweg.lab.trace.TraceListener;
import thalweg.lab.trace.Walk;

/**
 * The lines of an answer with walks, a JSON object each, kept until they are sent. Of a long walk
 * there is every second, fourth, … place, and the last; numbers are in single precision, which is
 * finer than a screen.
 */
final class WalkLines implements TraceListener {
  private static final int MOST_PLACES = 2000;
  private static final JsonFactory JSON = new JsonFactory();
  private static final String NO_MORE = "";

  private final Surface surface;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  WalkLines(Surface surface) {
    this.surface = surface;
  }

  @Override
  public void walked(int index, Walk walk) {
    lines.add(line(index, walk));
  }

  /** No line will come any more. */
  void end() {
    lines.add(NO_MORE);
  }

  /** Sends what comes, until the end. */
  void send(TextStream out) throws IOException, InterruptedException {
    for (String line = lines.take(); !line.equals(NO_MORE); line = lines.take()) {
      out.send(line);
    }
  }

  /** The first line: how each walk is drawn. */
  static String first(JsonNode looks) {
    return "{\"kind\":\"start\",\"looks\":%s}\n".formatted(looks);
  }

  /** The last line. */
  static String last(double milliseconds) {
    return "{\"kind\":\"end\",\"milliseconds\":%s}\n".formatted((float) milliseconds);
  }

  /** In place of the last line. */
  static String failed(String why) {
    return text(json -> {
      json.writeStringField("kind", "error");
      json.writeStringField("error", why);
    });
  }

  private String line(int index, Walk walk) {
    int every = 1;
    while (walk.steps() / every > MOST_PLACES) {
      every *= 2;
    }
    int step = every;
    return text(json -> {
      json.writeStringField("kind", "walk");
      json.writeNumberField("index", index);
      json.writeStringField("label", walk.label());
      json.writeStringField("spec", walk.canonical());
      if (walk.leftAt() == null) {
        json.writeNullField("left_at");
      } else {
        json.writeNumberField("left_at", walk.leftAt());
      }
      json.writeStringField("ended", walk.stop() == null ? null : walk.stop().why().id());
      json.writeNumberField("every", step);
      json.writeNumberField("last", walk.steps());
      json.writeArrayFieldStart("steps_within");
      for (OptionalInt within : Targets.of(surface, walk).steps()) {
        if (within.isPresent()) {
          json.writeNumber(within.getAsInt());
        } else {
          json.writeNull();
        }
      }
      json.writeEndArray();
      json.writeArrayFieldStart("x");
      each(
          walk,
          step,
          k -> {
            json.writeStartArray();
            number(json, walk.x()[k][0]);
            number(json, walk.x()[k][1]);
            json.writeEndArray();
          });
      json.writeEndArray();
      numbers(json, "loss", walk, step, k -> walk.loss()[k]);
      numbers(json, "gradient_norm", walk, step, k -> walk.gradientNorm()[k]);
      numbers(json, "rate", walk, step, k -> walk.rate()[k]);
      numbers(
          json,
          "distance",
          walk,
          step,
          k -> Targets.distance(surface, walk.x()[k]).orElse(Double.NaN));
    });
  }

  private interface Fields {
    void write(JsonGenerator json) throws IOException;
  }

  private interface Places {
    void at(int k) throws IOException;
  }

  private interface Value {
    double at(int k);
  }

  private static String text(Fields fields) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      fields.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.append('\n').toString();
  }

  private static void each(Walk walk, int every, Places places) throws IOException {
    for (int k = 0; k < walk.steps(); k += every) {
      places.at(k);
    }
    places.at(walk.steps());
  }

  private static void numbers(JsonGenerator json, String name, Walk walk, int every, Value value)
      throws IOException {
    json.writeArrayFieldStart(name);
    each(walk, every, k -> number(json, value.at(k)));
    json.writeEndArray();
  }

  private static void number(JsonGenerator json, double value) throws IOException {
    if (Double.isFinite(value) && Math.abs(value) <= Float.MAX_VALUE) {
      json.writeNumber((float) value);
    } else {
      json.writeNull();
    }
  }
}
