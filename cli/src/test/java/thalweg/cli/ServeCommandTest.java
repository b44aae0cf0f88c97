package thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeCommandTest {
  @TempDir Path folder;

  @Test
  void aPortInUseIsOneLineAndSaysWhatToDo() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      assertThat(Ran.thalweg("serve", "--port", Integer.toString(taken.getLocalPort())).refusal())
          .contains("port " + taken.getLocalPort())
          .contains("give another with --port");
    }
  }

  @Test
  void otherMachinesComeInOnlyWhenThatIsAskedFor() {
    assertThat(Ran.thalweg("serve", "--host", "0.0.0.0", "--port", "0").refusal())
        .contains("without a password")
        .contains("--network");
  }

  @Test
  void anEmptyHostOrFolderIsRefused() {
    assertThat(Ran.thalweg("serve", "--host=", "--port=0").refusal()).contains("--host is empty");
    assertThat(Ran.thalweg("serve", "--runs=", "--port=0").refusal()).contains("--runs is empty");
  }

  @Test
  void theHelpSaysWhatThereIsToWatch() {
    assertThat(Ran.thalweg("serve", "--help").output())
        .contains("8420")
        .contains("--run runs/NAME")
        .containsPattern("no\\s+password");
  }

  @Test
  void aProcessPrintsItsAddressAnswersAndEndsWithCtrlC() throws Exception {
    Path errors = folder.resolve("errors");
    List<String> command = new ArrayList<>(List.of("/usr/bin/env", "--default-signal=INT"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "thalweg.cli.Main"));
    command.addAll(List.of("serve", "--port=0", "--runs=" + folder.resolve("none yet")));
    Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        HttpClient client = HttpClient.newHttpClient()) {
      String first = out.readLine();
      assertThat(first).as(Files.readString(errors)).startsWith("playground  http://127.0.0.1:");
      String url = first.substring("playground  ".length());
      assertThat(out.readLine()).isEqualTo("runs        " + url + "runs");
      assertThat(
              client
                  .send(
                      HttpRequest.newBuilder(URI.create(url + "api/runs")).build(),
                      BodyHandlers.ofString())
                  .body())
          .contains("\"runs\":[]");
      new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(130);
      assertThat(Files.readString(errors)).isEmpty();
    } finally {
      process.destroyForcibly();
    }
  }
}
