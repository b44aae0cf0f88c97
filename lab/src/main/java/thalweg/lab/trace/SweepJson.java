package thalweg.lab.trace;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/**
 * A sweep as JSON, format {@code sweep/1}: how every walk ended, and up to three walks of each
 * optimizer in full.
 */
public final class SweepJson {
  private SweepJson() {}

  /** The whole text, on one line. */
  public static String of(Sweep sweep) {
    return TraceJson.text(to -> write(sweep, to));
  }

  /** Writes it, and leaves what it is written to open. */
  public static void write(Sweep sweep, Writer to) throws IOException {
    try (JsonGenerator out = TraceJson.generator(to)) {
      write(sweep, out);
    }
  }

  static void write(Sweep sweep, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("format", "sweep/1");
    TraceJson.request(out, sweep.request());
    TraceJson.number(out, "start_loss", sweep.startLoss());
    out.writeStringField("hyperparameter", sweep.range().name());
    TraceJson.numbers(out, "values", sweep.range().values());
    out.writeArrayFieldStart("optimizers");
    for (Swept swept : sweep.optimizers()) {
      optimizer(out, sweep, swept);
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void optimizer(JsonGenerator out, Sweep sweep, Swept swept) throws IOException {
    out.writeStartObject();
    out.writeStringField("label", swept.label());
    out.writeStringField("spec", swept.spec());
    TraceJson.numbers(out, "loss", swept.endings().stream().mapToDouble(Ending::loss).toArray());
    TraceJson.numbers(out, "final_loss", swept.finalLoss());
    out.writeArrayFieldStart("inside");
    for (Ending ending : swept.endings()) {
      out.writeBoolean(ending.inside());
    }
    out.writeEndArray();
    out.writeArrayFieldStart("left_at");
    for (Stop stop : swept.stops()) {
      TraceJson.leftAt(out, stop);
    }
    out.writeEndArray();
    out.writeArrayFieldStart("ended");
    for (Stop stop : swept.stops()) {
      TraceJson.ended(out, stop);
    }
    out.writeEndArray();
    index(out, "small", swept.small());
    index(out, "right", swept.right());
    index(out, "large", swept.large());
    out.writeArrayFieldStart("walks");
    walk(out, sweep, swept.small());
    walk(out, sweep, swept.right());
    walk(out, sweep, swept.large());
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void index(JsonGenerator out, String name, Swept.@Nullable Kept kept)
      throws IOException {
    if (kept == null) {
      out.writeNullField(name);
    } else {
      out.writeNumberField(name, kept.index());
    }
  }

  private static void walk(JsonGenerator out, Sweep sweep, Swept.@Nullable Kept kept)
      throws IOException {
    if (kept == null) {
      out.writeNull();
    } else {
      TraceJson.walk(out, sweep.request().surface(), kept.walk());
    }
  }
}
