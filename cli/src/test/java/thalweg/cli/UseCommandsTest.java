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

/** The commands of docs/use.md, run in the order in which they stand there. */
class UseCommandsTest {
  private static final Path ROOT = Path.of(System.getProperty("basedir", "."), "..");
  private static final Pattern FENCED = Pattern.compile("(?ms)^```(sh|csv)\n(.*?)^```$");

  /** What lies in the folder where a reader types them. */
  private static final Pattern FILE =
      Pattern.compile("^(?=runs/|houses\\.csv$|book\\.txt$|result\\.json$)");

  @Test
  void everyCommandDoesWhatThePageSays(@TempDir Path folder) throws Exception {
    Files.writeString(
        folder.resolve("book.txt"),
        Files.readString(ROOT.resolve("LICENSE")).substring(0, 8000)); // any text will do
    Matcher fenced = FENCED.matcher(Files.readString(ROOT.resolve("docs/use.md")));
    int commands = 0;
    while (fenced.find()) {
      if (fenced.group(1).equals("csv")) {
        Files.writeString(folder.resolve("houses.csv"), fenced.group(2));
        continue;
      }
      for (String line : fenced.group(2).lines().toList()) {
        assertThat(line).startsWith("./thalweg train ");
        assertThat(Ran.thalweg(words(line, folder)).output()).as(line).contains("\nresult     ");
        commands++;
      }
    }
    assertThat(commands).isEqualTo(7);
    for (String file :
        List.of("settings.json", "best.safetensors", "last.safetensors", "log.jsonl")) {
      assertThat(folder.resolve("runs/digits").resolve(file)).isNotEmptyFile();
    }
    assertThat(folder.resolve("runs/careful/tensorboard")).isNotEmptyDirectory();
    assertThat(folder.resolve("runs/careful/best.safetensors")).doesNotExist();
    assertThat(folder.resolve("result.json")).isNotEmptyFile();
  }

  private static String[] words(String line, Path folder) {
    List<String> words =
        new ArrayList<>(
            Typed.words(line).stream()
                .map(
                    word -> FILE.matcher(word).replaceFirst(Matcher.quoteReplacement(folder + "/")))
                .toList());
    words.removeFirst();
    words.add("--quiet");
    return words.toArray(String[]::new);
  }
}
