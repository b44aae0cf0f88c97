package thalweg.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import thalweg.lab.catalogue.CataloguePages;
import thalweg.text.Catalogue;
import thalweg.text.CatalogueEntry;
import thalweg.text.Specs;

/**
 * The generated pages under docs are those that the code prints. With the system property {@code
 * thalweg.approve=write} they are written anew first, to be read again.
 */
class DocsTest {
  private static final Path ROOT =
      Path.of(System.getProperty("basedir", "."), "..").toAbsolutePath().normalize();
  private static final Path DOCS = ROOT.resolve("docs");
  private static final String COMMAND =
      "not what the code prints; write it with: mvn -q -pl parity -am test -Dtest=DocsTest"
          + " -Dthalweg.approve=write -Dsurefire.failIfNoSpecifiedTests=false";

  private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```$");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)(#[^)]*)?\\)");

  @Test
  void thePagesAreWhatTheCodePrints() throws IOException {
    Map<String, String> pages = CataloguePages.all();
    Map<String, String> committed = committed();
    assertThat(committed.keySet()).as(COMMAND).isEqualTo(pages.keySet());
    pages.forEach((path, text) ->
        assertThat(committed.get(path)).as("docs/" + path + ": " + COMMAND).isEqualTo(text));
  }

  @BeforeAll
  static void writeIfAsked() throws IOException {
    if (!"write".equals(System.getProperty("thalweg.approve"))) {
      return;
    }
    Map<String, String> pages = CataloguePages.all();
    for (String path : committed().keySet()) {
      Files.delete(DOCS.resolve(path));
    }
    for (Map.Entry<String, String> page : pages.entrySet()) {
      Path file = DOCS.resolve(page.getKey());
      Files.createDirectories(file.getParent());
      Files.writeString(file, page.getValue());
    }
  }

  /** Everything in the folders of generated pages, by its path below docs. */
  private static Map<String, String> committed() throws IOException {
    Map<String, String> found = new TreeMap<>();
    for (String folder :
        List.of(
            CataloguePages.OPTIMIZERS, CataloguePages.TRANSFORMATIONS, CataloguePages.SCHEDULES)) {
      if (!Files.isDirectory(DOCS.resolve(folder))) {
        continue;
      }
      try (Stream<Path> files = Files.list(DOCS.resolve(folder))) {
        for (Path file : files.toList()) {
          found.put(folder + "/" + file.getFileName(), Files.readString(file));
        }
      }
    }
    return found;
  }

  @Test
  void everyEntryHasAPageWithItsFormulaAndItsPaper() {
    Map<String, String> pages = CataloguePages.all();
    assertThat(pages).hasSize(Catalogue.entries().size() + 2);
    for (CatalogueEntry entry : Catalogue.entries()) {
      String folder =
          entry.kind() == CatalogueEntry.Kind.OPTIMIZER ? "optimizers" : "transformations";
      assertThat(pages.get(folder + "/" + entry.id() + ".md"))
          .contains("# " + entry.id() + "\n", "## State: ")
          .contains(
              entry.id().equals("freeze")
                  ? List.of("None: nothing moves.")
                  : List.of("```math\n\\begin{aligned}\n", "θ ← "))
          .contains("## Memory: ", "## Paper\n")
          .doesNotContain("\\operatorname");
    }
  }

  @Test
  void optionsThatChangeTheFormulaAreShown() {
    Map<String, String> pages = CataloguePages.all();
    assertThat(pages.get("optimizers/sgd.md"))
        .contains(
            """
            ### `momentum` other than 0

            ```text
            b ← μ b + g
            θ ← θ − η b
            ```

            Then 4 bytes of state a parameter, 1 pass, 20 bytes a parameter and step.
            """)
        .contains("### `dampening` other than 0 and `momentum` other than 0\n")
        .contains("### `nesterov=true` and `momentum` other than 0\n")
        .contains("| `momentum` | μ | 0 | [0, inf) |");
    assertThat(pages.get("optimizers/adam.md"))
        .contains("### `amsgrad=true`\n", "### `eps_placement=inside`\n")
        .doesNotContain("### `lr`", "### `beta1`");
    assertThat(pages.get("optimizers/adagrad.md"))
        .doesNotContain("### `initial_accumulator_value`"); // where it starts, not how it goes on
  }

  @Test
  void whatThePagesWriteInTextFormParses() {
    for (String page : CataloguePages.all().values()) {
      for (List<String> block : blocks(page, "text")) {
        if (block.stream().noneMatch(line -> line.contains("←"))) {
          block.forEach(Specs::parse);
        }
      }
    }
  }

  @Test
  void whatThePagesWriteInJavaCompiles(@TempDir Path folder) throws IOException {
    int number = 0;
    for (String page : CataloguePages.all().values()) {
      for (List<String> block : blocks(page, "java")) {
        StringBuilder source = new StringBuilder("package pages;\n");
        block.stream().filter(line -> line.startsWith("import ")).forEach(source::append);
        source.append("import thalweg.formula.Transformation;\n");
        source.append(
            "class Page%d { java.util.List<Transformation> rules = java.util.List.of("
                .formatted(number));
        String[] expressions =
            block.stream()
                .filter(line -> !line.startsWith("import "))
                .reduce("", (before, line) -> before + line + "\n")
                .strip()
                .split("\n\n");
        source.append(String.join(",\n", expressions)).append("); }\n");
        Path file = folder.resolve("Page" + number + ".java");
        Files.writeString(file, source);
        number++;
      }
    }
    assertThat(number).isEqualTo(Catalogue.entries().size() + 1); // and that of the schedules
    try (Stream<Path> files = Files.list(folder)) {
      Compiled.into(folder.resolve("classes"), "", files.toList());
    }
  }

  /** The first block is a class, the others are statements; all are run, and print what it says. */
  @Test
  void thePageOnClosuresRunsAndPrintsWhatItSays(@TempDir Path folder) throws Exception {
    String page = Files.readString(DOCS.resolve("closures.md"));
    List<List<String>> snippets = blocks(page, "java");
    assertThat(snippets).hasSize(4);
    List<String> source = new ArrayList<>(snippets.getFirst());
    source.add("class Page { public static void main(String[] args) {");
    for (List<String> statements : snippets.subList(1, snippets.size())) {
      source.add("{");
      source.addAll(statements);
      source.add("}");
    }
    source.add("} }");
    Path file = folder.resolve("Page.java");
    Files.write(file, source);
    Compiled.into(folder.resolve("classes"), "", List.of(file));
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            folder.resolve("classes") + File.pathSeparator + System.getProperty("java.class.path"),
            "Page");
    Process process =
        new ProcessBuilder(command).redirectError(folder.resolve("errors").toFile()).start();
    List<String> printed = process.inputReader().lines().toList();
    assertThat(process.waitFor()).isZero();
    assertThat(printed).isEqualTo(blocks(page, "text").getLast());
  }

  /** The lines of every fenced block of a language. */
  private static List<List<String>> blocks(String page, String language) {
    List<List<String>> blocks = new ArrayList<>();
    Matcher fenced = Pattern.compile("(?ms)^```" + language + "\n(.*?)^```$").matcher(page);
    while (fenced.find()) {
      blocks.add(fenced.group(1).lines().toList());
    }
    return blocks;
  }

  @Test
  void everyLinkBetweenPagesLeadsSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    int links = 0;
    for (Path page : pages()) {
      Matcher link = LINK.matcher(FENCED.matcher(Files.readString(page)).replaceAll(""));
      while (link.find()) {
        String target = link.group(1);
        links++;
        if (!target.contains("://") && !Files.exists(page.resolveSibling(target))) {
          broken.add(ROOT.relativize(page) + " -> " + target);
        }
      }
    }
    assertThat(links).isGreaterThan(40);
    assertThat(broken).isEmpty();
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>();
    for (Path folder :
        List.of(
            ROOT,
            DOCS,
            DOCS.resolve("adr"),
            DOCS.resolve("optimizers"),
            DOCS.resolve("transformations"),
            DOCS.resolve("schedules"))) {
      try (Stream<Path> files = Files.list(folder)) {
        files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
      }
    }
    return pages;
  }
}
