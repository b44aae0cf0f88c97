package thalweg.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java of docs/networks.md, compiled and run. */
class NetworksPageTest {
  private static final String BEFORE =
      """
      import thalweg.torch.*;
      import thalweg.torch.Network;
      import thalweg.torch.nets.*;

      class Nets {
        public static void main(String[] args) {
      """;

  private static final String AFTER =
      """
          System.out.println(Networks.describe(network).equals(Networks.describe(same)));
        }
      }
      """;

  @Test
  void itsJavaRunsAndTextAndRecordAreTheSame(@TempDir Path folder) throws Exception {
    List<String> blocks = Page.of("docs/networks.md").blocks("java");
    assertThat(blocks).hasSize(1);
    Path file = Files.writeString(folder.resolve("Nets.java"), BEFORE + blocks.getFirst() + AFTER);
    Path classes = folder.resolve("classes");
    Compiled.into(classes, "", List.of(file));
    List<String> printed = Compiled.run(classes, "Nets", folder);
    assertThat(printed.getFirst()).contains("weight [16, 1, 3, 3]");
    assertThat(printed.getLast()).isEqualTo("true");
  }
}
