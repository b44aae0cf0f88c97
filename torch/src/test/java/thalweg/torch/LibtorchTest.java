package thalweg.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibtorchTest {
  @TempDir private Path cache;

  /** Loads libtorch and prints how it went. */
  static final class Start {
    private Start() {}

    public static void main(String[] arguments) {
      try {
        Libtorch.load();
        System.out.println("loaded");
      } catch (LibtorchUnavailableException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  @Test
  void loads_and_sets_threads() {
    Libtorch.load();
    int before = Libtorch.threads();
    Libtorch.threads(2);
    assertThat(Libtorch.threads()).isEqualTo(2);
    Libtorch.threads(before);
    assertThatThrownBy(() -> Libtorch.threads(0))
        .hasMessage("Libtorch.threads must be >= 1, got 0");
  }

  @Test
  void a_missing_native_library_is_one_clear_line() throws IOException, InterruptedException {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(entry -> !entry.contains(Loader.getPlatform()))
            .collect(Collectors.joining(File.pathSeparator));
    Process java =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--enable-native-access=ALL-UNNAMED",
                    "-Dorg.bytedeco.javacpp.cachedir=" + cache,
                    "-cp",
                    classPath,
                    Start.class.getName()))
            .redirectErrorStream(true)
            .start();
    String output = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(java.waitFor()).isZero();
    assertThat(output.strip().lines()).hasSize(1);
    assertThat(output)
        .startsWith("libtorch has no native library for " + Loader.getPlatform())
        .contains("add org.bytedeco:pytorch, openblas and javacpp with the classifier");
  }
}
