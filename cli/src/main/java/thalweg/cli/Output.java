package thalweg.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import thalweg.lab.Places;
import thalweg.lab.SafeFile;

/**
 * Standard output of a command with {@code --json}: text, or numbers instead of it.
 *
 * @param json where numbers go; null if nobody asked for them
 */
record Output(PrintWriter out, @Nullable Path json) {
  /**
   * The text first: it is not lost when a file cannot be written.
   *
   * @param asJson without a line break at the end
   */
  void results(String text, SafeFile.Text asJson) {
    say(text);
    SafeFile.Text lines =
        to -> {
          asJson.writeTo(to);
          to.write("\n");
        };
    if (Places.isHere(json)) {
      try {
        lines.writeTo(out);
        out.flush();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    } else if (json != null) {
      SafeFile.write(json, lines);
    }
  }

  /** What people read, and no program. */
  void say(String text) {
    text().print(text);
    text().flush();
  }

  /** Where that goes: nowhere where numbers are instead of it. */
  PrintWriter text() {
    return Places.isHere(json) ? new PrintWriter(Writer.nullWriter()) : out;
  }
}
