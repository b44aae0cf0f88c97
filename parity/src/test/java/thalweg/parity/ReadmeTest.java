package thalweg.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java of README.md, compiled and run one block after the other, as it stands there. */
class ReadmeTest {
  private static final Path ROOT =
      Path.of(System.getProperty("basedir", "."), "..").toAbsolutePath().normalize();

  /** What the README names in prose, and the data that it leaves to the reader. */
  private static final String BEFORE =
      """
      import static thalweg.schedule.Schedules.cosineAnnealing;
      import static thalweg.schedule.Schedules.warmup;
      import static thalweg.transforms.Transformations.chain;
      import static thalweg.transforms.Transformations.clipByGlobalNorm;
      import java.nio.file.Path;
      import java.util.List;
      import org.bytedeco.javacpp.PointerScope;
      import thalweg.checkpoint.Checkpoints;
      import thalweg.checkpoint.pytorch.PyTorch;
      import thalweg.optimizer.ArrayParameter;
      import thalweg.optimizer.Optimizer;
      import thalweg.optimizer.Parameters;
      import thalweg.rules.AdamW;
      import thalweg.rules.Sgd;
      import thalweg.text.Specs;
      import thalweg.torch.*;

      class Readme {
        public static void main(String[] args) {
          float[] features = new float[64 * 320];
          int[] labels = new int[320];
          for (int i = 0; i < features.length; i++) features[i] = (float) Math.sin(i * i + 1.0);
          for (int i = 0; i < labels.length; i++) labels[i] = i % 10;
          Samples samples = Samples.classification(64, features, labels, 10);
          Samples.Split split = samples.split(0.2, 1);
      """;

  @Test
  void itsJavaRunsAndARunThatIsDoneGoesOnFromItsEnd(@TempDir Path folder) throws Exception {
    StringBuilder source = new StringBuilder(BEFORE);
    Matcher block =
        Pattern.compile("(?ms)^```java\n(.*?)^```$")
            .matcher(Files.readString(ROOT.resolve("README.md")));
    int blocks = 0;
    while (block.find()) {
      source.append("{\n").append(block.group(1)).append("}\n");
      blocks++;
    }
    assertThat(blocks).isEqualTo(3);
    Path file = folder.resolve("Readme.java");
    Files.writeString(file, source.append("} }\n"));
    Compiled.into(folder.resolve("classes"), "", List.of(file));

    List<String> first = run(folder);
    assertThat(first).contains("sgd(lr=0.1, momentum=0.9)", "  b ← μ b + g", "  θ ← θ − η b");
    assertThat(first.getLast()).startsWith("Evaluation[loss=");
    // 26 of each of ten classes make 9 batches of 32, twenty times; one file is saved at the end
    assertThat(names(folder.resolve("run")))
        .containsExactly("step-000000100.safetensors", "step-000000180.safetensors");
    assertThat(folder.resolve("optimizer.pt")).isNotEmptyFile();
    assertThat(run(folder).getLast()).isEqualTo(first.getLast());
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static List<String> run(Path folder) throws Exception {
    return Compiled.run(folder.resolve("classes"), "Readme", folder);
  }
}
