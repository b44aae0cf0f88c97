package thalweg.lab.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import thalweg.lab.TextTable;

/** A bench's result as a table for people and as JSON, format {@code bench/1}. */
public final class BenchView {
  private BenchView() {}

  /**
   * A row for each size and contestant: bytes read and written for a parameter, the time of a step
   * and of one parameter's share, and that over this library's in float32.
   */
  public static String text(BenchResult result) {
    TextTable table =
        new TextTable()
            .column("parameters", TextTable.Side.LEFT)
            .column("contestant", TextTable.Side.LEFT)
            .column("bytes", TextTable.Side.RIGHT)
            .column("ms/step", TextTable.Side.RIGHT)
            .column("ns each", TextTable.Side.RIGHT)
            .column("GB/s", TextTable.Side.RIGHT)
            .column("time / thalweg's", TextTable.Side.RIGHT)
            .column("over the rounds", TextTable.Side.RIGHT);
    for (BenchResult.Row row : result.rows()) {
      table.row(
          List.of(
              row.size().text(),
              row.contestant(),
              format("%.1f", row.bytesPerParameter()),
              format("%.4f", row.milliseconds()),
              format("%.3f", row.nanosecondsPerParameter()),
              format("%.1f", row.gigabytesPerSecond()),
              format("%.2fx", row.ratio()),
              format("%.2f", row.lowestRatio()) + " to " + format("%.2f", row.highestRatio())));
    }
    return "%s, %s, %d bytes read and written a parameter and step in float32%n%s%n%s"
        .formatted(
            result.optimizer(),
            result.threads() == 1 ? "1 thread" : result.threads() + " threads",
            result.bytesPerParameter(),
            "backend " + result.backend() + ": " + result.backendReason(),
            table);
  }

  /** The same numbers unrounded. */
  public static String json(BenchResult result) {
    ObjectNode root =
        new ObjectMapper()
            .createObjectNode()
            .put("format", "bench/1")
            .put("optimizer", result.optimizer())
            .put("backend", result.backend())
            .put("threads", result.threads())
            .put("bytes_per_parameter", result.bytesPerParameter());
    ArrayNode rows = root.putArray("rows");
    for (BenchResult.Row row : result.rows()) {
      rows.addObject()
          .put("size", row.size().text())
          .put("parameters", row.size().elements())
          .put("contestant", row.contestant())
          .put("bytes_per_parameter", row.bytesPerParameter())
          .put("milliseconds", row.milliseconds())
          .put("nanoseconds_per_parameter", row.nanosecondsPerParameter())
          .put("gigabytes_per_second", row.gigabytesPerSecond())
          .put("ratio", row.ratio())
          .put("lowest_ratio", row.lowestRatio())
          .put("highest_ratio", row.highestRatio());
    }
    return root.toPrettyString();
  }

  private static String format(String form, double value) {
    return String.format(Locale.ROOT, form, value);
  }
}
