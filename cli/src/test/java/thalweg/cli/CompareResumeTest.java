package thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import thalweg.lab.train.StopRequest;

class CompareResumeTest {
  private static final String[] ASKED = {
    "compare",
    "iris",
    "--optimizers=sgd(lr=0.1); adam(lr=0.01)",
    "--epochs=400",
    "--seeds=2",
    "--hidden=3",
    "--batch=16",
    "--seed=4",
    "--quiet"
  };

  @TempDir Path folder;

  private String[] asked(String... more) {
    return Stream.concat(Arrays.stream(ASKED), Arrays.stream(more)).toArray(String[]::new);
  }

  private static JsonNode optimizers(Path json) throws IOException {
    JsonNode optimizers = new JsonMapper().readTree(json.toFile()).path("optimizers");
    for (JsonNode run : optimizers.findValues("runs")) {
      run.forEach(one -> ((ObjectNode) one).remove(List.of("seconds", "milliseconds_per_step")));
    }
    return optimizers;
  }

  @Test
  void stoppedItSaysHowToGoOnAndEndsWithTheSameNumbers() throws Exception {
    Path run = folder.resolve("a run");
    Path log = run.resolve("log.jsonl");
    Thread stop =
        Thread.ofVirtual()
            .start(() -> {
              while (!finishedOne(log)) {
                Thread.onSpinWait();
              }
              StopRequest.ask(run);
            });
    Ran stopped = Ran.thalweg(asked("--run=" + run, "--out=" + folder.resolve("first.html")));
    stop.join();
    assertThat(stopped.exit()).isEqualTo(130);
    assertThat(stopped.out()).isEmpty();
    assertThat(stopped.err())
        .isEqualTo(
            "thalweg: stopped; finished runs are kept, go on with ./thalweg compare --resume '"
                + run
                + "'\n");
    assertThat(folder.resolve("first.html")).doesNotExist();

    Path json = folder.resolve("resumed.json");
    assertThat(Ran.thalweg("compare", "--resume=" + run, "--json=" + json, "--quiet").output())
        .contains("sgd(lr=0.1)")
        .endsWith("report: " + folder.resolve("first.html") + "\n");
    Path whole = folder.resolve("whole.json");
    Ran.thalweg(asked("--json=" + whole, "--out=" + folder.resolve("second.html"))).output();
    assertThat(optimizers(json)).isEqualTo(optimizers(whole));
  }

  private static boolean finishedOne(Path log) {
    try {
      return Files.exists(log) && Files.readString(log).contains("\"kind\":\"run\"");
    } catch (IOException _) {
      return false;
    }
  }

  @Test
  void whatTheComparisonHasOfItsOwnIsRefused() throws IOException {
    Path run = folder.resolve("run");
    assertThat(Ran.thalweg("compare", "--resume=" + run).refusal())
        .contains("there is no comparison in " + run);
    assertThat(Ran.thalweg("compare", "--resume=" + run, "--epochs=3").refusal())
        .contains("has its own settings; leave --epochs out");
    assertThat(Ran.thalweg("compare", "digits", "--resume=" + run).refusal())
        .contains("leave digits out");
    assertThat(Ran.thalweg("compare", "--run=x", "--resume=" + run).refusal())
        .contains("give one of them");
    Files.createDirectory(run);
    Files.writeString(run.resolve("log.jsonl"), "{\"kind\": \"start\", \"format\": \"run/1\"}\n");
    assertThat(Ran.thalweg("compare", "--resume=" + run).refusal()).contains("train --resume");
  }
}
