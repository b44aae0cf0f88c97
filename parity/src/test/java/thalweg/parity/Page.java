package thalweg.parity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page of the documentation. */
record Page(String text) {
  private static final Path ROOT =
      Path.of(System.getProperty("basedir", "."), "..").toAbsolutePath().normalize();

  /** The page of a path from the root. */
  static Page of(String path) throws IOException {
    return new Page(Files.readString(ROOT.resolve(path)));
  }

  /** Its fenced blocks of a language, in order. */
  List<String> blocks(String language) {
    return all("(?ms)^```" + language + "\n(.*?)^```$");
  }

  /** The first group of every match. */
  List<String> all(String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    List<String> found = new ArrayList<>();
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }
}
