package thalweg.lab;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the standard streams go. */
public final class Terminal {
  private static final int OUTPUT = 1;
  private static final int ERROR = 2;

  private Terminal() {}

  /** Whether standard error is a terminal that can redraw a line. */
  public static boolean isError() {
    return is(ERROR);
  }

  /** Whether colours are wanted on standard output: a terminal, and no {@code NO_COLOR} is set. */
  public static boolean takesColours() {
    String refused = System.getenv("NO_COLOR");
    return (refused == null || refused.isEmpty()) && is(OUTPUT);
  }

  /** Linux tells where a stream goes; elsewhere the console stands for it. */
  @SuppressWarnings("SystemConsoleNull") // it may: a JDK without jdk.internal.le has no console
  private static boolean is(int stream) {
    if ("dumb".equals(System.getenv("TERM"))) {
      return false;
    }
    Path place = Path.of("/proc/self/fd/" + stream);
    try {
      if (Files.isSymbolicLink(place)) {
        String target = Files.readSymbolicLink(place).toString();
        return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
      }
    } catch (IOException e) {
      return false;
    }
    Console console = System.console();
    return console != null && console.isTerminal();
  }
}
