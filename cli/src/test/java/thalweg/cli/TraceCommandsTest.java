package thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of docs/trace.md, run in the order in which they stand there. */
class TraceCommandsTest {
  private static final Path PAGE =
      Path.of(System.getProperty("basedir", "."), "..", "docs", "trace.md");
  private static final Pattern FENCED = Pattern.compile("(?ms)^```(sh|text)\n(.*?)^```$");

  @Test
  void everyCommandDoesWhatThePageSays(@TempDir Path folder) throws Exception {
    Matcher fenced = FENCED.matcher(Files.readString(PAGE));
    int commands = 0;
    String printed = "";
    while (fenced.find()) {
      if (fenced.group(1).equals("text")) {
        assertThat(shape(printed)).isEqualTo(shape(fenced.group(2)));
        continue;
      }
      for (String line : fenced.group(2).lines().toList()) {
        assertThat(line).startsWith("./thalweg trace ");
        List<String> words =
            new ArrayList<>(
                Typed.words(line.replaceAll("trace\\.(json|html)", folder + "/trace.$1")));
        words.removeFirst();
        words.add("--quiet");
        printed = Ran.thalweg(words.toArray(String[]::new)).output();
        commands++;
      }
    }
    assertThat(commands).isEqualTo(10);
    assertThat(folder.resolve("trace.json")).isNotEmptyFile();
    assertThat(folder.resolve("trace.html")).isNotEmptyFile();
  }

  /** All but the numbers of the table, whose last digits are another machine's own. */
  private static List<String> shape(String printed) {
    List<String> lines = printed.lines().toList();
    int table = lines.indexOf("") + 4; // headings, rule
    List<String> shape = new ArrayList<>(lines.subList(0, table - 1));
    lines.subList(table + 1, lines.size()).forEach(line -> shape.add(line.split(" ", 2)[0]));
    return shape;
  }
}
