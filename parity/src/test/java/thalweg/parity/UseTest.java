package thalweg.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java of docs/use.md, compiled and run in the order in which it stands there. */
class UseTest {
  private static final Path ROOT =
      Path.of(System.getProperty("basedir", "."), "..").toAbsolutePath().normalize();

  /** What the statements of the page stand in: the data of its first program. */
  private static final String BEFORE =
      """
      import java.nio.file.Files;
      import java.nio.file.Path;
      import java.util.stream.Stream;
      import org.bytedeco.pytorch.LinearImpl;
      import org.bytedeco.pytorch.Module;
      import org.bytedeco.pytorch.Tensor;
      import org.bytedeco.pytorch.global.torch;
      import thalweg.checkpoint.pytorch.PyTorch;
      import thalweg.lab.data.DataRequest;
      import thalweg.lab.data.Prepared;
      import thalweg.optimizer.Optimizer;
      import thalweg.optimizer.Parameters;
      import thalweg.optimizer.Where;
      import thalweg.rules.AdamW;
      import thalweg.rules.Sgd;
      import thalweg.torch.*;
      import thalweg.torch.log.RunLogWriter;
      import thalweg.torch.log.TensorBoard;
      import thalweg.torch.Network;
      import thalweg.torch.nets.Networks;

      class Use {
        public static void main(String[] args) throws Exception {
          Prepared data = DataRequest.named("digits").seed(1).prepare();
      """;

  @Test
  void itsJavaRunsAndItsRunGoesOnFromItsEnd(@TempDir Path folder) throws Exception {
    List<String> blocks = Page.of("docs/use.md").blocks("java");
    assertThat(blocks).hasSize(7);
    Path digits = Files.writeString(folder.resolve("Digits.java"), blocks.getFirst());
    StringBuilder source = new StringBuilder(BEFORE);
    blocks.subList(1, blocks.size()).forEach(block -> source.append("{\n" + block + "}\n"));
    Path use = Files.writeString(folder.resolve("Use.java"), source.append("} }\n"));
    Path classes = folder.resolve("classes");
    Compiled.into(classes, "", List.of(digits, use));

    List<String> first = Compiled.run(classes, "Digits", folder);
    assertThat(first.getLast()).startsWith("Evaluation[loss=");
    assertThat(accuracy(first.getLast())).isGreaterThan(0.97);
    assertThat(folder.resolve("digits.safetensors")).isNotEmptyFile();
    assertThat(Compiled.run(classes, "Digits", folder)).isEqualTo(first);

    List<String> printed = Compiled.run(classes, "Use", folder);
    assertThat(printed)
        .anyMatch(line -> line.matches("step 20: loss [\\d.]+, \\|g\\| [\\d.]+"))
        .anyMatch(line -> line.startsWith("epoch 2: Evaluation[loss="))
        .anyMatch(line -> line.startsWith("{\"kind\": \"epoch\", "))
        .anyMatch(line -> line.contains("weight_decay=0.1"));
    assertThat(folder.resolve("optimizer.pt")).isNotEmptyFile();
    assertThat(folder.resolve("lstm.safetensors")).isNotEmptyFile();
  }

  @Test
  void itsCoordinatesAreThoseOfTheBuild() throws IOException {
    String pom = Files.readString(ROOT.resolve("pom.xml"));
    Matcher version =
        Pattern.compile("<artifactId>thalweg</artifactId>\\s*<version>(.*?)</version>")
            .matcher(pom);
    assertThat(version.find()).isTrue();
    String dependencies = Page.of("docs/use.md").blocks("xml").getFirst();
    assertThat(dependencies.split("<version>" + version.group(1) + "</version>", -1)).hasSize(4);
    Matcher artifact =
        Pattern.compile("<artifactId>thalweg-(.*?)</artifactId>").matcher(dependencies);
    while (artifact.find()) {
      assertThat(pom).contains("<module>" + artifact.group(1) + "</module>");
    }
  }

  private static double accuracy(String evaluation) {
    Matcher accuracy = Pattern.compile("accuracy=([\\d.]+)").matcher(evaluation);
    assertThat(accuracy.find()).isTrue();
    return Double.parseDouble(accuracy.group(1));
  }
}
