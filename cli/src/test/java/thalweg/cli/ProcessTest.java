package thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line as a process of its own, without the incubator module. */
class ProcessTest {
  @TempDir Path folder;

  @Test
  void aBackendThatCannotRunHereIsSaidWithTheFlagToAdd() throws Exception {
    Ran ran = process("replay", "some.json", "--backend", "vector");
    assertThat(ran.refusal())
        .startsWith("thalweg: backend 'vector' cannot run here: ")
        .contains("--add-modules jdk.incubator.vector");
  }

  @Test
  void whatOnlyPrintsSaysNothingElse() throws Exception {
    assertThat(process("list").output()).startsWith("Optimizers\n").contains("adamw");
    assertThat(process("explain", "adamw").output()).contains("θ ← (1 − η λ) θ");
    assertThat(process("memory", "--optimizer=adam", "--model=gpt2").output()).contains("█");
  }

  private Ran process(String... args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-Dstdout.encoding=UTF-8", "-Dstderr.encoding=UTF-8", "-XX:TieredStopAtLevel=1"));
    command.add("--enable-native-access=ALL-UNNAMED"); // as ./thalweg does
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "thalweg.cli.Main"));
    command.addAll(List.of(args));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    int exit =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start()
            .waitFor();
    return new Ran(exit, Files.readString(out), Files.readString(err, StandardCharsets.UTF_8));
  }
}
