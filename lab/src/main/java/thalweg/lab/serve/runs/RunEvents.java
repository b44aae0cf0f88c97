package thalweg.lab.serve.runs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import thalweg.lab.serve.http.TextStream;

/**
 * One page's view of a run as events: {@code run} (how it stands, whenever that changes), {@code
 * lines} (what the log has), {@code more} (what has come) and {@code thinned} (if of either not all
 * was sent). However fast a log grows, no more is sent than a page can take: the state stays that
 * of now.
 */
final class RunEvents {
  private static final long LOOK_MILLIS = 100;
  private static final int LOOKS_A_SECOND = (int) (1000 / LOOK_MILLIS);

  /** Without anything to say something is said so often: only then is it known who has gone. */
  private static final int LOOKS_OF_SILENCE = 10 * LOOKS_A_SECOND;

  /** Of a kind, of the log at first, and then at each look. */
  private static final int MOST = 1600;

  private static final int MOST_FRESH = 40;

  private final Runs runs;
  private final Path run;
  private final TextStream out;
  private Lines lines = new Lines(MOST);
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
        tail.more(this::anew, line -> lines.add(line));
        boolean news = whole || !lines.isEmpty();
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

  private void anew() {
    whole = true;
    lines = new Lines(MOST);
  }

  private void tellLines() throws IOException {
    if (whole || !lines.isEmpty()) {
      say(whole ? "lines" : "more", lines.json());
      if (lines.areThin()) {
        say("thinned", "{}");
      }
      lines = new Lines(MOST_FRESH);
      whole = false;
    }
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
