package thalweg.lab;

import java.util.List;
import java.util.stream.Collectors;

/** A command line as it can be typed again. */
public final class CommandText {
  private CommandText() {}

  /** The command line of these arguments, quoted for a shell. */
  public static String of(List<String> arguments) {
    return arguments.stream()
        .map(CommandText::quoted)
        .collect(Collectors.joining(" ", "./thalweg ", ""));
  }

  /** One argument, in quotes where a shell needs them. */
  public static String quoted(Object argument) {
    String text = argument.toString();
    return text.matches("[\\w@%+=:,./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
