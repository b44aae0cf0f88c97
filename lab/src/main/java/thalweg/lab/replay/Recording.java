package thalweg.lab.replay;

import java.nio.file.Path;
import thalweg.lab.BadInput;

/** What another library recorded: a run of an optimizer or of a schedule. */
public sealed interface Recording permits Trajectory, ScheduleRecording {
  /** Where it was read. */
  Path file();

  /**
   * Reads a file of either format.
   *
   * @throws BadInput if it is absent, not JSON, of no such format, or inconsistent
   */
  static Recording read(Path file) {
    GoldenFile json = GoldenFile.open(file);
    String format = json.text("format");
    return switch (format) {
      case Trajectory.FORMAT -> Trajectory.of(file, json);
      case ScheduleRecording.FORMAT -> ScheduleRecording.of(file, json);
      default ->
          throw json.bad(
              "format",
              "must be %s or %s, got '%s'"
                  .formatted(Trajectory.FORMAT, ScheduleRecording.FORMAT, format));
    };
  }
}
