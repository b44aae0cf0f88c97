package thalweg.lab.serve.runs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import thalweg.lab.serve.Served;
import thalweg.lab.serve.http.Limits;
import thalweg.lab.train.FolderLock;

/** The monitor's answers about folders of runs that were written by hand. */
class RunsTest {
  private static final String START =
      "{\"kind\": \"start\", \"format\": \"run/1\", \"time\": \"%s\", \"metrics\": [\"accuracy\"],"
          + " \"total_steps\": 100, \"resumed_step\": 0}\n";

  @TempDir Path folder;
  private Path runs;
  private Served served;

  @BeforeEach
  void start() throws IOException {
    runs = Files.createDirectory(folder.resolve("runs"));
    served =
        new Served(
            runs,
            Limits.USUAL,
            (_, _) ->
                List.of(
                    "sh", "-c", "(echo 'thalweg: it will not do'; echo 'WARNING: x') >&2; exit 2"));
  }

  @AfterEach
  void end() {
    served.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..",
        ".",
        "%2e%2e",
        "..%2Foutside",
        "%2Fetc",
        "outside",
        "link",
        "a%00b",
        "a%0Ab",
        "..%5Coutside",
        ".hidden",
        "file",
        "no-log",
        "linked-log"
      })
  void noNameLeadsOutOfTheFolder(String name) throws IOException {
    Path outside = run(folder.resolve("outside"), "");
    Files.createSymbolicLink(runs.resolve("link"), outside);
    run(runs.resolve(".hidden"), "");
    Files.writeString(runs.resolve("file"), "");
    Files.createDirectory(runs.resolve("no-log"));
    Path linked = Files.createDirectory(runs.resolve("linked-log"));
    Files.createSymbolicLink(linked.resolve("log.jsonl"), outside.resolve("log.jsonl"));
    assertThat(served.refusal(404, "/api/runs/" + name)).isNotBlank();
    assertThat(served.refusal(404, "/api/runs/" + name + "/events")).isNotBlank();
    assertThat(served.json("/api/runs").path("runs")).isEmpty();
  }

  @Test
  void aNameWithBlanksAndSignsIsFound() throws IOException {
    run(runs.resolve("a run, 100 % ä"), "");
    assertThat(served.json("/api/runs/a%20run,%20100%20%25%20%C3%A4").path("name").asText())
        .isEqualTo("a run, 100 % ä");
  }

  @ParameterizedTest
  @CsvSource({
    "completed, finished, false",
    "stopped_early, finished, false",
    "cancelled, stopped, true",
    "diverged, diverged, false"
  })
  void theStateIsWhatTheLogSays(String ending, String state, boolean resumable) throws IOException {
    Path run =
        run(runs.resolve("one"), "{\"kind\": \"end\", \"ending\": \"%s\"}\n".formatted(ending));
    checkpoint(run);
    JsonNode json = served.json("/api/runs/one");
    assertThat(json.path("state").asText()).isEqualTo(state);
    assertThat(json.path("can_continue").asBoolean()).isEqualTo(resumable);
    assertThat(json.path("can_stop").asBoolean()).isFalse();
  }

  @Test
  void aRunWithoutEndLivesAsLongAsItsFolderIsHeld() throws IOException {
    Path run = run(runs.resolve("one"), "");
    try (FolderLock lock = FolderLock.of(run)) {
      assertThat(state("one")).isEqualTo("running");
      assertThat(served.json("/api/runs/one").path("can_stop").asBoolean()).isTrue();
    }
    assertThat(state("one")).isEqualTo("died");
    assertThat(served.json("/api/runs/one").path("can_continue").asBoolean())
        .as("without a checkpoint")
        .isFalse();
    checkpoint(run);
    assertThat(served.json("/api/runs/one").path("can_continue").asBoolean()).isTrue();
  }

  @Test
  void aLogThatNobodyHoldsIsTakenForDeadAfterAMinute() throws IOException {
    Path log = run(runs.resolve("one"), "").resolve("log.jsonl");
    assertThat(state("one")).isEqualTo("running");
    Files.setLastModifiedTime(log, FileTime.from(Instant.now().minusSeconds(61)));
    assertThat(state("one")).isEqualTo("died");
  }

  @Test
  void aRunThatGoesOnAfterItsEndIsRunning() throws IOException {
    Path run =
        run(
            runs.resolve("one"),
            "{\"kind\": \"end\", \"ending\": \"cancelled\"}\n" + START.formatted(Instant.now()));
    try (FolderLock lock = FolderLock.of(run)) {
      assertThat(state("one")).isEqualTo("running");
    }
  }

  @Test
  void theTimeLeftIsWhatTheRestTakesAtTheSamePace() throws IOException {
    Path run = runs.resolve("one");
    Files.createDirectory(run);
    Files.writeString(run.resolve("settings.json"), "{}");
    Instant began = Instant.now().minusSeconds(30);
    Path log =
        Files.writeString(
            run.resolve("log.jsonl"),
            START.formatted(began) + "{\"kind\": \"step\", \"step\": 25}\n");
    Files.setLastModifiedTime(log, FileTime.from(began.plusSeconds(20)));
    try (FolderLock lock = FolderLock.of(run)) {
      assertThat(served.json("/api/runs/one").path("eta_seconds").asDouble()).isBetween(59.9, 60.1);
    }
  }

  @Test
  void stopLeavesAFileForTheRunAndOnlyForOneThatRuns() throws IOException {
    Path run = run(runs.resolve("one"), "");
    try (FolderLock lock = FolderLock.of(run)) {
      assertThat(post("/api/runs/one/stop").statusCode()).isEqualTo(200);
      assertThat(post("/api/runs/one/stop").statusCode()).as("again").isEqualTo(200);
      assertThat(run.resolve("stop")).exists();
    }
    assertThat(Served.refusal(409, post("/api/runs/one/stop"))).contains("this one is died");
  }

  @Test
  void whyARunCouldNotGoOnIsSaid() throws Exception {
    checkpoint(run(runs.resolve("one"), "{\"kind\": \"end\", \"ending\": \"cancelled\"}\n"));
    assertThat(post("/api/runs/one/continue").statusCode()).isEqualTo(200);
    for (int i = 0; i < 500 && served.json("/api/runs/one").path("problem").isNull(); i++) {
      Thread.sleep(10);
    }
    assertThat(served.json("/api/runs/one").path("problem").asText())
        .isEqualTo("thalweg: it will not do");
    try (FolderLock lock = FolderLock.of(runs.resolve("one"))) {
      Files.writeString(runs.resolve("one/log.jsonl"), START.formatted(Instant.now()));
      assertThat(served.json("/api/runs/one").path("problem").isNull()).as("it runs").isTrue();
    }
    assertThat(served.json("/api/runs/one").path("problem").isNull()).as("forgotten").isTrue();
    run(runs.resolve("two"), "{\"kind\": \"end\", \"ending\": \"completed\"}\n");
    assertThat(Served.refusal(409, post("/api/runs/two/continue"))).contains("is finished");
  }

  @Test
  void eventsBringWhatIsThereAndThenEachLineWithinASecond() throws Exception {
    Path run = run(runs.resolve("one"), "{\"kind\": \"step\", \"step\": 1}\n");
    try (HttpClient client = HttpClient.newHttpClient();
        BufferedReader events = events(client)) {
      assertThat(events.readLine()).isEqualTo("event: lines");
      assertThat(Served.parsed(events.readLine().substring("data: ".length()))).hasSize(2);
      long written = System.nanoTime();
      Files.writeString(
          run.resolve("log.jsonl"),
          "{\"kind\": \"step\", \"step\": 2}\n",
          StandardOpenOption.APPEND);
      String line = events.readLine();
      while (!line.equals("event: more")) {
        line = events.readLine();
      }
      assertThat(events.readLine()).isEqualTo("data: [{\"kind\":\"step\",\"step\":2}]");
      assertThat(Duration.ofNanos(System.nanoTime() - written)).isLessThan(Duration.ofSeconds(1));
    }
  }

  private BufferedReader events(HttpClient client) throws IOException, InterruptedException {
    return new BufferedReader(
        new InputStreamReader(
            client
                .send(
                    HttpRequest.newBuilder(served.uri("/api/runs/one/events")).build(),
                    BodyHandlers.ofInputStream())
                .body(),
            StandardCharsets.UTF_8));
  }

  private String state(String name) {
    return served.json("/api/runs/" + name).path("state").asText();
  }

  private HttpResponse<String> post(String path) {
    String token =
        served.get("/runs").body().replaceAll("(?s).*content=\"([0-9a-f]{48})\".*", "$1");
    return served.send(
        HttpRequest.newBuilder(served.uri(path)).POST(BodyPublishers.noBody()),
        "Origin",
        served.url().substring(0, served.url().length() - 1),
        "X-Thalweg-Token",
        token);
  }

  /** A training run that has begun, and then more lines. */
  private static Path run(Path run, String more) throws IOException {
    Files.createDirectories(run);
    Files.writeString(run.resolve("settings.json"), "{\"options\": {\"data\": \"iris\"}}");
    Files.writeString(run.resolve("log.jsonl"), START.formatted("2026-01-01T00:00:00Z") + more);
    return run;
  }

  private static void checkpoint(Path run) throws IOException {
    Files.createDirectory(run.resolve("checkpoints"));
    Files.writeString(run.resolve("checkpoints/step-000000001.safetensors"), "");
  }
}
