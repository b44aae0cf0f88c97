package thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of docs/serve.md, run in the order in which they stand there. */
class ServeCommandsTest {
  private static final Path ROOT = Path.of(System.getProperty("basedir", "."), "..");
  private static final Pattern FENCED = Pattern.compile("(?ms)^```sh\n(.*?)^```$");

  @TempDir Path folder;

  private static List<String> commands() throws IOException {
    List<String> commands = new ArrayList<>();
    Matcher fenced = FENCED.matcher(Files.readString(ROOT.resolve("docs/serve.md")));
    while (fenced.find()) {
      commands.addAll(fenced.group(1).lines().toList());
    }
    return commands;
  }

  /** The words behind the program, with what is written below the test's folder. */
  private List<String> words(String command) {
    List<String> words =
        new ArrayList<>(
            Typed.words(command).stream()
                .map(word -> word.startsWith("runs/") ? folder + "/" + word : word)
                .toList());
    assertThat(words.removeFirst()).isEqualTo("./thalweg");
    return words;
  }

  @Test
  void everyCommandDoesWhatThePageSays() throws Exception {
    List<String> commands = new ArrayList<>(commands());
    assertThat(commands).hasSize(4);
    List<String> serve = words(commands.removeFirst());
    assertThat(serve).containsExactly("serve");
    serve.addAll(List.of("--port=0", "--runs=" + folder.resolve("runs")));
    Process server = process(serve);
    try (BufferedReader out = server.inputReader(StandardCharsets.UTF_8);
        HttpClient client = HttpClient.newHttpClient()) {
      String url = out.readLine().replaceFirst("^playground  ", "");
      assertThat(answer(client, url)).contains("<title>Playground");
      assertThat(out.readLine()).isEqualTo("runs        " + url + "runs");
      for (String command : commands) {
        List<String> words = words(command);
        words.add("--quiet");
        if (words.getFirst().equals("compare")) {
          words.add("--out=" + folder.resolve("report.html"));
        }
        assertThat(Ran.thalweg(words.toArray(String[]::new)).output()).as(command).isNotBlank();
      }
      JsonNode runs = new JsonMapper().readTree(answer(client, url + "api/runs")).path("runs");
      assertThat(runs.findValuesAsText("name")).containsExactly("iris", "sgd-adam");
      assertThat(runs.findValuesAsText("state")).containsExactly("finished", "finished");
      assertThat(answer(client, url + "runs/sgd-adam")).contains("<title>Run");
    } finally {
      server.destroy();
    }
    assertThat(server.waitFor(20, TimeUnit.SECONDS)).isTrue();
  }

  private static String answer(HttpClient client, String url)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(url).isEqualTo(200);
    return answer.body();
  }

  private static Process process(List<String> words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "thalweg.cli.Main"));
    command.addAll(words);
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }
}
