package thalweg.kernels.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import thalweg.execute.Backend;
import thalweg.memory.Buffer;
import thalweg.memory.NumberType;

class VectorBackendTest {
  @Test
  void isFoundAsAServiceAndPreferred() {
    Backend vector =
        ServiceLoader.load(Backend.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(backend -> backend.name().equals("vector"))
            .findFirst()
            .orElseThrow();

    assertThat(vector.preference()).isEqualTo(10);
    assertThat(vector.unavailable()).isEmpty();
  }

  @Test
  void saysWhichFlagIsMissingWithoutTheIncubatingModule() throws IOException, InterruptedException {
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                WithoutIncubator.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(java.waitFor()).as(output).isZero();
    String reason =
        "JVM module jdk.incubator.vector is not loaded: "
            + "start java with --add-modules jdk.incubator.vector";
    assertThat(output.lines())
        .containsExactly(reason, "backend 'vector' cannot run here: " + reason);
  }

  @Test
  void namesWhatDoesNotFitThePass() {
    VectorBackend backend = new VectorBackend();
    Buffer buffer = Buffer.allocate(10, NumberType.FLOAT32);

    assertThatThrownBy(() -> backend.bind(Passes.norms(), List.of(), 0, 10))
        .hasMessage("a pass over 1 buffers was given 0");
    assertThatThrownBy(() -> backend.bind(Passes.norms(), List.of(buffer), 0, 65537))
        .hasMessage("a chunk has 0 to 65536 elements, got 65537");
    assertThatThrownBy(() -> backend.bind(Passes.norms(), List.of(buffer), 0, 11))
        .hasMessage(
            "elements 0 to 11 lie outside buffer 0, which is 10 x FLOAT32 at a fixed address");
    assertThatThrownBy(() ->
            backend.bind(
                Passes.norms(),
                Collections.nCopies(1, Buffer.allocate(10, NumberType.FLOAT64)),
                0,
                10))
        .hasMessage(
            "backend 'vector' computes in float32, buffer 0 is 10 x FLOAT64 at a fixed address");
  }
}
