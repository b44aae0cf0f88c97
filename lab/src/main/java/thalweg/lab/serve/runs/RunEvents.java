package thalweg.lab.serve.runs;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import thalweg.lab.serve.http.TextStream;

/**
 * One page's view of a run as events: {@code run} (how it stands, whenever that changes), {@code
 * lines} (what the log has, thinned out), {@code thinned} (if it was) and {@code line} (each that
 * comes).
 */
final class RunEvents {
  private static final long LOOK_MILLIS = 100;
  private static final int LOOKS_A_SECOND = (int) (1000 / LOOK_MILLIS);

  /** Without anything to say something is said so often: only then is it known who has gone. */
  private static final int LOOKS_OF_SILENCE = 10 * LOOKS_A_SECOND;

  private final Runs runs;
  private final Path run;
  private final TextStream out;
  private final Lines lines = new Lines();
  private final List<String> fresh = new ArrayList<>();
  private String told = "";
  private boolean whole = true;
  private int silent;

  RunEvents(Runs runs, Path run, TextStream out) {
    this.runs = runs;
    this.run = run;
    this.out = out;
  }

  /** Writes events until the reader or the run's folder has gone. */
  void write() throws IOException {
    LogTail tail = new LogTail(run.resolve(RunsFolder.LOG));
    try {
      for (long looks = 0; Files.isDirectory(run); looks++) {
        tail.more(this::anew, this::hear);
        boolean news = whole || !fresh.isEmpty();
        tellLines();
        if (news || looks % LOOKS_A_SECOND == 0) {
          tellRun();
        }
        if (++silent >= LOOKS_OF_SILENCE) {
          say("quiet", "{}");
        }
        Thread.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // the server ends
    }
  }

  private void hear(String line) {
    if (whole) {
      lines.add(line);
    } else {
      fresh.add(line);
    }
  }

  private void anew() {
    whole = true;
    fresh.clear();
  }

  private void tellLines() throws IOException {
    if (whole) {
      say("lines", lines.json());
      if (lines.areThin()) {
        say("thinned", "{}");
      }
      lines.clear();
      whole = false;
    }
    for (String line : fresh) {
      Optional<JsonNode> node = Lines.read(line);
      if (node.isPresent()) {
        say("line", node.get().toString());
      }
    }
    fresh.clear();
  }

  /** How it stands, if that is not what was told last. */
  private void tellRun() throws IOException {
    String now = runs.json(run).toString();
    if (!now.equals(told)) {
      say("run", now);
      told = now;
    }
  }

  private void say(String event, String data) throws IOException {
    out.event(event, data);
    silent = 0;
  }
}
