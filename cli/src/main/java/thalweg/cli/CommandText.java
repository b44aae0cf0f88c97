package thalweg.cli;

import java.util.List;
import java.util.stream.Collectors;

/** A command line as it can be typed again. */
final class CommandText {
  private CommandText() {}

  /** The command line of these arguments, quoted for a shell. */
  static String of(List<String> arguments) {
    return arguments.stream()
        .map(arg -> arg.matches("[\\w@%+=:,./-]+") ? arg : "'" + arg.replace("'", "'\\''") + "'")
        .collect(Collectors.joining(" ", "./thalweg ", ""));
  }
}
