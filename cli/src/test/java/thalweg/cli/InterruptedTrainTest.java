package thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run in a process of its own that is told to end, as Ctrl-C does. */
class InterruptedTrainTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void aSignalFinishesTheStepSavesAndSaysHowToGoOn(String signal, int exit) throws Exception {
    Path run = folder.resolve("run");
    Path errors = folder.resolve("errors");
    Process process =
        new ProcessBuilder(
                command("train", "--data=iris", "--epochs=1000000", "--run=" + run, "--quiet"))
            .redirectError(errors.toFile())
            .start();
    StringBuilder out = new StringBuilder();
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      String line = reader.readLine();
      while (line != null && !line.startsWith("    3 ")) { // the third epoch
        out.append(line).append('\n');
        line = reader.readLine();
      }
      assertThat(line).as(Files.readString(errors)).isNotNull();
      new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
      for (line = reader.readLine(); line != null; line = reader.readLine()) {
        out.append(line).append('\n');
      }
    }
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(errors)).isEqualTo(exit);
    assertThat(Files.readString(errors))
        .contains("thalweg: finishing the step and saving the run\n");
    assertThat(out.toString())
        .containsPattern("\nstopped    after step \\d+, everything saved\n")
        .endsWith("\ngo on      ./thalweg train --resume " + run + "\n");
    int step = Integer.parseInt(out.toString().replaceAll("(?s).*after step (\\d+),.*", "$1"));
    assertThat(run.resolve("checkpoints/step-%09d.safetensors".formatted(step))).exists();
    assertThat(Ran.thalweg("train", "--resume=" + run, "--steps=" + (step + 1), "--quiet").output())
        .contains("\nresumed    after step %d\n".formatted(step))
        .contains("\ntime       %d steps in ".formatted(step + 1));
  }

  @Test
  void whileTheDataAreReadItEndsAtOnceAndLeavesNothing() throws Exception {
    Path pipe = folder.resolve("rows.svm");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Path run = folder.resolve("run");
    Path errors = folder.resolve("errors");
    Process process =
        new ProcessBuilder(command("train", "--libsvm=" + pipe, "--run=" + run, "--quiet"))
            .redirectError(errors.toFile())
            .start();
    try (OutputStream rows = Files.newOutputStream(pipe)) { // opens when the reader does
      rows.flush();
      new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue(); // the pipe is still open
    }
    assertThat(process.exitValue()).as(Files.readString(errors)).isEqualTo(130);
    assertThat(Files.readString(errors))
        .isEqualTo("thalweg: stopped before the first step; nothing was written\n");
    assertThat(run).doesNotExist();
  }

  /** Through env, which undoes that a shell has its background processes ignore Ctrl-C. */
  private static List<String> command(String... args) throws IOException {
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(Path.of("/usr/bin/env"))
        && System.getProperty("os.name").equals("Linux")) {
      command.addAll(List.of("/usr/bin/env", "--default-signal=INT"));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-Dstdout.encoding=UTF-8", "-Dstderr.encoding=UTF-8", "-XX:TieredStopAtLevel=1"));
    command.add("--enable-native-access=ALL-UNNAMED"); // as ./thalweg does
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "thalweg.cli.Main"));
    command.addAll(List.of(args));
    return command;
  }
}
