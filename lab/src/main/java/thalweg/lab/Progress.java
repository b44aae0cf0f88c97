package thalweg.lab;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How far a long piece of work has come, shown on the error stream.
 *
 * <p>On a terminal one line is redrawn in place and cleared at the end; elsewhere (a file, a pipe)
 * a plain line appears every ten seconds, and none for work that ends sooner. Safe to advance from
 * several threads.
 */
public final class Progress implements AutoCloseable {
  /** How progress is shown. */
  public enum Look {
    BAR,
    LINES,
    NOTHING;

    /** A bar on a terminal, lines elsewhere, nothing when the user asked for quiet. */
    public static Look detect(boolean quiet) {
      return quiet ? NOTHING : Terminal.isError() ? BAR : LINES;
    }
  }

  private static final long REDRAW_NANOS = 100_000_000L;
  private static final long LINE_NANOS = 10_000_000_000L;
  private static final int COLUMNS = 79;

  private final PrintStream out;
  private final Look look;
  private final LongSupplier nanoTime;
  private final String label;
  private final long total;
  private final long began;
  private long done;
  private String detail = "";
  private long shown;
  private boolean drawn;
  private boolean closed;
  private final @Nullable Thread atExit;

  /** Progress of a named work of so many equal pieces, on the error stream. */
  public Progress(String label, long total, Look look) {
    this(label, total, look, System.err, System::nanoTime);
  }

  Progress(String label, long total, Look look, PrintStream out, LongSupplier nanoTime) {
    this.label = label;
    this.total = total;
    this.look = look;
    this.out = out;
    this.nanoTime = nanoTime;
    this.began = nanoTime.getAsLong();
    this.shown = began;
    // Ctrl-C in the middle of the work leaves no bar behind.
    this.atExit = look == Look.BAR ? new Thread(this::clear, "clear progress") : null;
    if (atExit != null) {
      Runtime.getRuntime().addShutdownHook(atExit);
    }
  }

  /** Counts pieces as done; the detail says what is being done, as {@code adam, seed 2}. */
  public synchronized void advance(long pieces, String detail) {
    done = Math.min(total, done + pieces);
    this.detail = detail;
    long now = nanoTime.getAsLong();
    switch (look) {
      case BAR -> {
        if (!closed && (!drawn || now - shown >= REDRAW_NANOS)) {
          draw(now);
        }
      }
      case LINES -> {
        if (now - shown >= LINE_NANOS) {
          shown = now;
          out.println(line(now, COLUMNS));
        }
      }
      case NOTHING -> {}
    }
  }

  /** Clears the bar; what was printed as lines stays. */
  @Override
  public void close() {
    clear();
    if (atExit != null) {
      try {
        Runtime.getRuntime().removeShutdownHook(atExit);
      } catch (IllegalStateException _) {
        return; // the JVM is ending: the hook runs, and finds nothing to clear
      }
    }
  }

  private synchronized void clear() {
    closed = true;
    hide();
  }

  /**
   * Takes the bar away until the next piece is done, so that a line can be printed in its place.
   */
  public synchronized void hide() {
    if (drawn) {
      out.print("\r" + " ".repeat(COLUMNS) + "\r");
      out.flush();
      drawn = false;
    }
  }

  private void draw(long now) {
    String line = line(now, COLUMNS);
    out.print("\r" + line + " ".repeat(COLUMNS - line.codePointCount(0, line.length())));
    out.flush();
    drawn = true;
    shown = now;
  }

  private String line(long now, int columns) {
    return render(label, detail, done, total, Duration.ofNanos(now - began), columns);
  }

  /**
   * One line of progress: {@code label [=====> ] 50 % 1:05 left detail}, never wider than the
   * columns. The time left supposes that the rest goes as fast as what is done.
   *
   * @param total pieces in all; 0 counts as done
   */
  public static String render(
      String label, String detail, long done, long total, Duration elapsed, int columns) {
    double share = total <= 0 ? 1 : (double) done / total;
    String left =
        share >= 1
            ? "done in " + clock(elapsed)
            : done == 0
                ? "starting"
                : clock(Duration.ofMillis((long) (elapsed.toMillis() * (1 - share) / share)))
                    + " left";
    String numbers = "%3d %%  %s".formatted((int) Math.floor(100 * share), left);
    String fixed = label + "  " + numbers + (detail.isEmpty() ? "" : "  " + detail);
    int width = Math.min(24, columns - fixed.codePointCount(0, fixed.length()) - 4);
    if (width < 5) {
      return cut(fixed, columns);
    }
    int filled = (int) Math.floor(share * width);
    String tip = filled < width ? ">" : "";
    String bar = "[" + "=".repeat(filled) + tip + " ".repeat(width - filled - tip.length()) + "]";
    return label + "  " + bar + "  " + fixed.substring(label.length() + 2);
  }

  private static String cut(String text, int columns) {
    return text.codePointCount(0, text.length()) <= columns
        ? text
        : text.substring(0, text.offsetByCodePoints(0, Math.max(0, columns - 1))) + "…";
  }

  private static String clock(Duration time) {
    long seconds = (time.toMillis() + 500) / 1000;
    return seconds >= 3600
        ? "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60)
        : "%d:%02d".formatted(seconds / 60, seconds % 60);
  }
}
