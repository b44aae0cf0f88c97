package thalweg.lab.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import thalweg.formula.Schedule;
import thalweg.lab.BadInput;
import thalweg.text.Specs;

/**
 * A recorded schedule: the rate of each update. Format {@code schedule/1}.
 *
 * @param file where it was read
 * @param schedule with the settings it was recorded with
 * @param base the optimizer's rate
 * @param lr the rate of each update, from the first on; where there are metrics, the rate after
 *     each was reported
 * @param metrics what was reported, NaN and infinities among it; empty where nothing was
 */
public record ScheduleRecording(
    Path file, Schedule schedule, double base, double[] lr, double[] metrics) implements Recording {
  /** The format this reads. */
  public static final String FORMAT = "schedule/1";

  static ScheduleRecording of(Path file, GoldenFile json) {
    String name = json.text("schedule");
    Map<String, @Nullable Object> config = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : json.object("config").properties()) {
      config.put(entry.getKey(), json.plainOrNull("config." + entry.getKey(), entry.getValue()));
    }
    double[] lr = json.numbers("lr");
    if (lr.length == 0) {
      throw json.bad("lr", "must have a rate for each update, got none");
    }
    double base = json.number("base_lr");
    Schedule schedule = schedule(json, name, config);
    boolean reports = reports(schedule);
    double[] metrics = json.has("metrics") || reports ? json.anyNumbers("metrics") : new double[0];
    if (reports && metrics.length != lr.length) {
      throw json.bad(
          "metrics", "must be one for each lr, got %d for %d".formatted(metrics.length, lr.length));
    }
    return new ScheduleRecording(file, schedule, base, lr, metrics);
  }

  private static boolean reports(Schedule schedule) {
    return schedule instanceof Schedule.Remembering
        || schedule.parts().stream().anyMatch(ScheduleRecording::reports);
  }

  private static Schedule schedule(
      GoldenFile json, String name, Map<String, @Nullable Object> config) {
    try {
      return config.isEmpty() ? Specs.parseSchedule(name) : Specs.schedule(name, config);
    } catch (IllegalArgumentException e) {
      throw json.bad("schedule", String.valueOf(e.getMessage()));
    }
  }

  /** That its rates go on behind its end. */
  BadInput tooLong(RuntimeException why) {
    return new BadInput("%s: lr has %d rates; %s".formatted(file, lr.length, why.getMessage()));
  }
}
