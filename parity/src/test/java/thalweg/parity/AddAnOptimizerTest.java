package thalweg.parity;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * docs/add-an-optimizer.md, followed to the letter: its files are written and compiled, its lines
 * are added to a copy of the catalogue, its tests and commands are run, and what they print is what
 * it says. Maven's part of it is done by the compiler and by processes with the copy before the
 * library on their class path.
 */
class AddAnOptimizerTest {
  private static final Path ROOT =
      Path.of(System.getProperty("basedir", "."), "..").toAbsolutePath().normalize();
  private static final String CATALOGUE = "core/src/main/java/thalweg/text/Catalogue.java";
  private static final Pattern FENCED =
      Pattern.compile("(?ms)(?:^`(?<file>[^`\n]+)`:\n\n)?^```(?<language>\\w+)\n(?<text>.*?)^```$");

  @TempDir private static Path folder;

  /** A fenced block; its file is what the line before it names, or empty. */
  private record Block(String language, String file, String text) {}

  private static List<Block> blocks = List.of();

  @BeforeAll
  static void followThePage() throws IOException {
    blocks = blocks();
    List<Path> sources = new ArrayList<>();
    for (Map.Entry<String, String> file : files().entrySet()) {
      sources.add(write(file.getKey(), file.getValue()));
    }
    sources.add(write(CATALOGUE, changed(Files.readString(ROOT.resolve(CATALOGUE)))));
    // what the page's test stands on
    try (Stream<Path> walks = Files.list(ROOT.resolve("core/src/test/java/thalweg/walk"))) {
      walks.forEach(sources::add);
    }
    Compiled.into(folder.resolve("classes"), "", sources);
  }

  private static List<Block> blocks() throws IOException {
    List<Block> found = new ArrayList<>();
    Matcher fenced = FENCED.matcher(Files.readString(ROOT.resolve("docs/add-an-optimizer.md")));
    while (fenced.find()) {
      String file = fenced.group("file");
      found.add(
          new Block(fenced.group("language"), file == null ? "" : file, fenced.group("text")));
    }
    return found;
  }

  /** The page's Java files below core, by path. */
  private static Map<String, String> files() {
    Map<String, String> files = new LinkedHashMap<>();
    for (Block block : blocks) {
      if (block.file().startsWith("core/")) {
        files.put(block.file(), block.text());
      }
    }
    assertThat(files.keySet())
        .containsExactly(
            "core/src/main/java/thalweg/rules/Qhm.java",
            "core/src/test/java/thalweg/rules/QhmTest.java");
    return files;
  }

  /**
   * The catalogue with the page's lines: each after the line shown with it, an import after
   * imports.
   */
  private static String changed(String catalogue) {
    List<Block> changes = blocks.stream().filter(block -> block.language().equals("diff")).toList();
    assertThat(changes).hasSize(2);
    String result = catalogue;
    for (Block change : changes) {
      List<String> lines = change.text().lines().toList();
      String added = lines.getLast().substring(1) + "\n";
      assertThat(lines.getLast()).startsWith("+");
      String before =
          lines.size() == 1
              ? "import thalweg.formula.Transformation;\n"
              : lines.getFirst().substring(1) + "\n";
      if (result.contains(added)) {
        continue; // somebody has followed the page in this very checkout
      }
      assertThat(result).as("the line that the page's stands behind").containsOnlyOnce(before);
      result = result.replace(before, before + added);
    }
    return result;
  }

  private static Path write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  @Test
  void itsTestPassesAndTheContractHoldsForItsRule() throws Exception {
    assertThat(
            process(
                folder.resolve("classes"),
                ContractOf.class.getName(),
                "thalweg.rules.QhmTest",
                "qhm"))
        .containsPattern("3 tests, 1 cases, [1-9]\\d* contracts\n");
  }

  @Test
  void itsCommandsPrintWhatItShows() throws Exception {
    int commands = 0;
    for (int i = 0; i < blocks.size(); i++) {
      String command = blocks.get(i).text().strip();
      if (!blocks.get(i).language().equals("sh") || !command.startsWith("./thalweg ")) {
        continue;
      }
      List<String> arguments = new ArrayList<>();
      Matcher word = Pattern.compile("'([^']*)'|(\\S+)").matcher(command);
      while (word.find()) {
        arguments.add(word.group(1) == null ? word.group(2) : word.group(1));
      }
      arguments.set(0, "thalweg.cli.Main");
      String printed = process(folder.resolve("classes"), arguments.toArray(String[]::new));
      assertThat(printed.strip()).as(command).isEqualTo(blocks.get(i + 1).text().strip());
      commands++;
    }
    assertThat(commands).isEqualTo(2);
  }

  @Test
  void itsPageIsGeneratedWhereItSays() throws Exception {
    assertThat(process(folder.resolve("classes"), Pages.class.getName(), "optimizers/qhm.md"))
        .contains("# qhm\n", "Qhm.lr(1e-3)\n    .momentum(0.999)\n    .nu(0.7)\n");
  }

  /** A program that prints one generated page. */
  static final class Pages {
    private Pages() {}

    public static void main(String[] arguments) {
      System.out.print(thalweg.lab.catalogue.CataloguePages.all().get(arguments[0]));
    }
  }

  @Test
  void itsRuleWorksInAnotherPackageWithTheLibraryAsItIs() throws Exception {
    Block program =
        blocks.stream().filter(b -> b.file().equals("mine/Valley.java")).findFirst().orElseThrow();
    String rule = files().values().iterator().next();
    Path classes = folder.resolve("mine-classes");
    Compiled.into(
        classes,
        "",
        List.of(
            write("own/mine/Valley.java", program.text()),
            write("own/mine/Qhm.java", rule.replace("package thalweg.rules;", "package mine;"))));
    assertThat(process(classes, "mine.Valley"))
        .isEqualTo(blocks.get(blocks.indexOf(program) + 1).text());
  }

  @Test
  void itsMavenCommandsNameTestsThatAreThere() throws IOException {
    List<String> sources = new ArrayList<>(files().keySet());
    for (String module : List.of("core", "parity")) {
      try (Stream<Path> tests = Files.walk(ROOT.resolve(module + "/src/test/java"))) {
        tests.map(Path::toString).forEach(sources::add);
      }
    }
    int named = 0;
    for (Block block : blocks) {
      Matcher tests = Pattern.compile("-Dtest='?([\\w,]+)").matcher(block.text());
      while (block.language().equals("sh") && tests.find()) {
        for (String test : tests.group(1).split(",")) {
          assertThat(sources).anyMatch(source -> source.endsWith("/" + test + ".java"));
          named++;
        }
      }
    }
    assertThat(named).isEqualTo(4);
  }

  @Test
  void itsJavaIsFormatted() throws Exception {
    Formatter formatter = new Formatter();
    for (Block block : blocks) {
      if (block.language().equals("java")) {
        assertThat(formatter.formatSourceAndFixImports(block.text())).isEqualTo(block.text());
      }
    }
  }

  /** Runs a program with these classes before the test's own; gives what it prints. */
  private static String process(Path classes, String... program)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dstdout.encoding=UTF-8",
                "-Duser.language=en",
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classes + File.pathSeparator + System.getProperty("java.class.path")));
    command.addAll(List.of(program));
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    int exit =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start()
            .waitFor();
    assertThat(exit).as(Files.readString(err)).isZero();
    return Files.readString(out);
  }
}
