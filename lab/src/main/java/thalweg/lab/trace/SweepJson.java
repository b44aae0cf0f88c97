package thalweg.lab.trace;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Writer;

/**
 * A sweep as JSON, format {@code sweep/1}: how every walk ended, and three walks of each optimizer
 * in full.
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
    for (Integer left : swept.leftAt()) {
      if (left == null) {
        out.writeNull();
      } else {
        out.writeNumber(left);
      }
    }
    out.writeEndArray();
    out.writeNumberField("small", swept.small());
    out.writeNumberField("right", swept.right());
    out.writeNumberField("large", swept.large());
    out.writeArrayFieldStart("walks");
    for (Walk walk : swept.walks()) {
      TraceJson.walk(out, sweep.request().surface(), walk);
    }
    out.writeEndArray();
    out.writeEndObject();
  }
}
