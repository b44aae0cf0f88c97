package thalweg.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import thalweg.lab.data.DataRequest;
import thalweg.lab.data.EasyFirst;
import thalweg.lab.train.TrainOption;
import thalweg.torch.Augmentation;

/** What docs/data.md shows, compiled, run and looked up. */
class DataPageTest {
  /** What its statements stand in: a table, a text and scores. */
  private static final String BEFORE =
      """
      import java.nio.file.Path;
      import java.util.Optional;
      import thalweg.lab.data.*;
      import thalweg.lab.data.text.Baseline;
      import thalweg.torch.*;

      class Data {
        public static void main(String[] args) throws Exception {
          Path file = Path.of("houses.csv");
          Prepared prepared = DataRequest.named("text").path(Path.of("book.txt")).prepare();
      """;

  @Test
  void itsJavaRuns(@TempDir Path folder) throws Exception {
    List<String> blocks = Page.of("docs/data.md").blocks("java");
    assertThat(blocks).hasSize(2);
    String said =
        """
        System.out.println(digits.test().rows() + " " + mine.name());
        """;
    String perplexity =
        """
        System.out.println(perplexity);
        double[] scores = new double[prepared.train().rows()];
        Prepared easy = prepared.with(Optional.of(Curriculum.of(scores, 0.2, 5)));
        System.out.println(easy.curriculum().isPresent());
        """;
    String source =
        BEFORE
            + "{\n"
            + blocks.get(0).replace("{ … }", "{ System.out.println(feed.steps()); }")
            + said
            + "}\n{\n"
            + blocks.get(1)
            + perplexity
            + "} } }\n";
    StringBuilder houses = new StringBuilder("rooms,price\n");
    for (int i = 0; i < 40; i++) {
      houses.append(i % 7).append(',').append(10.5 * i).append('\n');
    }
    Files.writeString(folder.resolve("houses.csv"), houses);
    Files.writeString(folder.resolve("book.txt"), "so it goes, and goes. ".repeat(400));
    Path file = Files.writeString(folder.resolve("Data.java"), source);
    Path classes = folder.resolve("classes");
    Compiled.into(classes, "", List.of(file));
    List<String> printed = Compiled.run(classes, "Data", folder);
    assertThat(printed).hasSize(4).contains("40", "179 houses.csv", "true");
    assertThat(Double.parseDouble(printed.get(2))).isBetween(1.0, 3.0);
  }

  @Test
  void itsOptionsAndNamesAreThere() throws Exception {
    Page page = Page.of("docs/data.md");
    List<String> options = page.all("`[^`\\n]*?--([a-z][a-z-]*)");
    assertThat(options).hasSizeGreaterThan(10);
    for (String option : options) {
      assertThat(TrainOption.named(option)).as(option).isPresent();
    }
    for (String name : DataRequest.names()) {
      assertThat(page.text()).contains("`" + name + "`");
    }
  }

  @Test
  void itsCurriculumAndAugmentationCanBeRead() throws Exception {
    Page page = Page.of("docs/data.md");
    List<String> curricula = page.all("--curriculum ([^`]+)`");
    assertThat(curricula).hasSize(1);
    assertThat(EasyFirst.parse(curricula.getFirst())).isEqualTo(new EasyFirst("distance", 0.2, 5));
    List<String> augmentations = page.all("--augment ([^`]+)`");
    assertThat(augmentations).hasSize(1);
    assertThat(Augmentation.parse(augmentations.getFirst()))
        .isEqualTo(new Augmentation(1, true, 10, 3));
  }
}
