package thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The commands that README.md names. */
class ReadmeCommandsTest {
  private static final Pattern COMMAND = Pattern.compile("`\\./thalweg ((?!COMMAND)[^`]+)`");

  private static List<List<String>> commands() throws IOException {
    Path root = Path.of(System.getProperty("basedir", "."), "..");
    Matcher command = COMMAND.matcher(Files.readString(root.resolve("README.md")));
    List<List<String>> commands = new ArrayList<>();
    while (command.find()) {
      commands.add(Typed.words(command.group(1)));
    }
    return commands;
  }

  @Test
  void everyCommandIsThereAndIsUnderstood() throws IOException {
    Set<String> named = new TreeSet<>();
    for (List<String> words : commands()) {
      assertThatCode(() -> Main.commandLine().parseArgs(words.toArray(String[]::new)))
          .as(String.join(" ", words))
          .doesNotThrowAnyException();
      named.add(words.getFirst());
    }
    assertThat(named).isEqualTo(new TreeSet<>(Main.commandLine().getSubcommands().keySet()));
  }

  /** Those that only compute a moment; the others have tests of their own on smaller work. */
  @Test
  void whatPrintsRuns() throws IOException {
    Set<String> print = Set.of("list", "explain", "schedule", "memory");
    Set<String> ran = new TreeSet<>();
    for (List<String> words : commands()) {
      if (print.contains(words.getFirst())) {
        assertThat(Ran.thalweg(words.toArray(String[]::new)).output()).isNotBlank();
        ran.add(words.getFirst());
      }
    }
    assertThat(ran).isEqualTo(new TreeSet<>(print));
  }
}
