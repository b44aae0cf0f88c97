package thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareInterruptedTest {
  @TempDir Path folder;

  @Test
  void aComparisonEndedByCtrlCSaysSoInItsLog() throws Exception {
    Path log = folder.resolve("run/log.jsonl");
    List<String> command = new ArrayList<>(List.of("/usr/bin/env", "--default-signal=INT"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "thalweg.cli.Main"));
    command.addAll(List.of("compare", "iris", "--epochs=100000", "--optimizers=sgd(lr=0.1)"));
    command.addAll(List.of("--out=" + folder.resolve("out.html"), "--run=" + log.getParent()));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      for (int i = 0; i < 3000 && !text(log).contains("\"epoch\""); i++) {
        Thread.sleep(10);
      }
      new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(Files.readAllLines(log))
          .last()
          .isEqualTo("{\"kind\":\"end\",\"ending\":\"cancelled\"}");
    } finally {
      process.destroyForcibly();
    }
  }

  private static String text(Path log) throws Exception {
    return Files.exists(log) ? Files.readString(log) : "";
  }
}
