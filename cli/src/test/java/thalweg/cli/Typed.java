package thalweg.cli;

import java.util.List;
import java.util.regex.Pattern;

/** What a shell makes of a command line with nothing but blanks and single quotes. */
final class Typed {
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  private Typed() {}

  static List<String> words(String line) {
    return WORD.matcher(line)
        .results()
        .map(word -> word.group(1) != null ? word.group(1) : word.group(2))
        .toList();
  }
}
