package thalweg.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import thalweg.lab.BadInput;
import thalweg.lab.SafeFile;
import thalweg.lab.replay.Recorded;
import thalweg.lab.replay.Recording;
import thalweg.lab.replay.Replay;
import thalweg.lab.replay.ReplayJson;
import thalweg.lab.replay.ScheduleRecording;
import thalweg.lab.replay.ScheduleReplay;
import thalweg.lab.replay.Trajectory;

@Command(
    name = "replay",
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Walks recorded runs and schedules of other libraries and compares every recorded step.",
      "",
      "A recording (format trajectory/1) holds start values, one gradient a step, and where the"
          + " parameters then were. Each file gives a line for each backend: PASS or FAIL, file,"
          + " backend, largest error. The error is absolute on the reference backend (at most"
          + " 1e-10) and relative to max(1, |value|) on the float32 backends (at most 5e-6).",
      "",
      "A recorded schedule (format schedule/1) holds the rate of every update; its line says"
          + " schedule where others name a backend. The error is absolute (at most 1e-12).",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  ./thalweg replay parity/src/test/resources/golden/trajectories/adam*.json",
      "  ./thalweg replay adam-1.json --backend reference --json",
      "  ./thalweg replay parity/src/test/resources/golden/schedules/*.json",
      "",
      "Exit codes: 0 all pass, 1 a difference, 2 a file that cannot be read."
    })
final class ReplayCommand implements Callable<Integer> {
  private static final int DIFFERENT = 1;
  private static final int BAD_FILE = 2;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "Recorded trajectories or schedules.")
  private List<Path> files = List.of();

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      description =
          "reference, block, vector, or all: every one that runs here (default: ${DEFAULT-VALUE}).",
      defaultValue = "all")
  private String backend;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      arity = "0..1",
      preprocessor = JsonPlace.class,
      description = {
        "Every value of every step as JSON, format replay/1: instead of the lines, or with"
            + " --json=FILE to a file."
      })
  private @Nullable Path json;

  @Mixin private Common common;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    List<String> backends = Replay.backends(backend);
    int threads = common.threads();
    boolean lines = json == null || !json.equals(JsonPlace.STANDARD_OUTPUT);
    if (json != null && lines) {
      checkPlace(json);
    }
    List<Recorded> replays = new ArrayList<>();
    int exit = 0;
    for (Path file : files) {
      try {
        switch (Recording.read(file)) {
          case Trajectory trajectory -> {
            for (String name : backends) {
              exit = Math.max(exit, take(Replay.of(trajectory, name, threads), lines, replays));
            }
          }
          case ScheduleRecording recording ->
              exit = Math.max(exit, take(ScheduleReplay.of(recording), lines, replays));
        }
      } catch (BadInput e) {
        spec.commandLine().getErr().println("thalweg: " + e.getMessage());
        exit = BAD_FILE;
      }
    }
    if (json != null) {
      String text = ReplayJson.of(replays);
      if (lines) {
        SafeFile.write(json, text.getBytes(StandardCharsets.UTF_8));
      } else {
        out.println(text);
      }
    }
    return exit;
  }

  /** Says how it went; the exit code of it alone. */
  private int take(Recorded recorded, boolean lines, List<Recorded> all) {
    if (lines) {
      spec.commandLine().getOut().println(recorded.line());
      spec.commandLine().getOut().flush();
    }
    if (json != null) {
      all.add(recorded);
    }
    return recorded.passes() ? 0 : DIFFERENT;
  }

  /** A recording is never overwritten with the walk along it. */
  private void checkPlace(Path place) {
    for (Path file : files) {
      if (file.toAbsolutePath().normalize().equals(place.toAbsolutePath().normalize())) {
        throw new BadInput("--json=%s is one of the files to walk; give another".formatted(place));
      }
    }
    SafeFile.check(place);
  }
}
