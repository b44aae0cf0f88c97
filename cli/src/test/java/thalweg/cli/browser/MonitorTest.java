package thalweg.cli.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static thalweg.cli.browser.LogLines.START;
import static thalweg.cli.browser.LogLines.epoch;
import static thalweg.cli.browser.LogLines.step;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import thalweg.lab.serve.LiveServer;
import thalweg.lab.serve.ServeSettings;
import thalweg.lab.serve.http.Limits;

/** The pages about runs in a real browser. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MonitorTest {
  private Path runs;
  private LiveServer server;
  private Chromium browser;

  @BeforeAll
  void start(@TempDir Path folder) {
    runs = folder;
    server =
        LiveServer.start(
            new ServeSettings(
                "127.0.0.1", 0, false, runs, 1, "test", MonitorTest::continuing, Limits.USUAL));
    browser = new Chromium();
  }

  /** As the command line does it. */
  private static List<String> continuing(String verb, Path run) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "thalweg.cli.Main"));
    command.addAll(List.of(verb, "--resume", run.toString(), "--quiet"));
    return command;
  }

  @AfterAll
  void end() {
    browser.close();
    server.close();
  }

  private Path log(String name, String text) throws IOException {
    Path folder = Files.createDirectories(runs.resolve(name));
    Files.writeString(folder.resolve("settings.json"), "{\"options\":{\"data\":\"iris\"}}");
    return Files.writeString(folder.resolve("log.jsonl"), text);
  }

  @Test
  void aNewPointIsSeenWithinASecond() throws IOException {
    Path log = log("live", START + step(1) + epoch(1));
    browser.open(server.url() + "runs/live");
    browser.waitFor("document.body.dataset.lines === '3'");
    assertThat(browser.text("#state")).isEqualTo("running");
    // The page notes when the line was written and when it has drawn it.
    browser.evaluate(
        "window.seen = new Promise((done) => { const since = performance.now(); new"
            + " MutationObserver(() => { if (document.body.dataset.lines === '5')"
            + " done(performance.now() - since); }).observe(document.body, { attributes: true });"
            + " }); 0");
    Files.writeString(log, step(11) + epoch(2), StandardOpenOption.APPEND);
    assertThat(browser.evaluate("window.seen").asDouble()).isLessThan(1000);
    assertThat(browser.text("#now")).contains("epoch 2 of 4").contains("train loss 0.5");
    assertThat(browser.text("#going")).contains("step 20 of 40");
    assertThat(browser.evaluate("document.querySelectorAll('#charts figure').length").asInt())
        .isEqualTo(7); // loss, accuracy, rate, norm, time, share, memory
    assertThat(browser.evaluate("document.querySelectorAll('#chart-loss path').length").asInt())
        .isGreaterThan(3);
    assertThat(browser.consoleErrors()).isEmpty();
    assertThat(browser.requests()).allMatch(url -> url.startsWith(server.url()));
  }

  @Test
  void theListFollowsAndLeadsToEachRun() throws IOException {
    log("first", START + epoch(1) + "{\"kind\":\"end\",\"ending\":\"completed\",\"step\":40}\n");
    browser.open(server.url() + "runs");
    browser.waitFor("document.querySelector('a[href=\"/runs/first\"]')");
    assertThat(browser.text("#rows")).contains("finished").contains("step 40 of 40");
    log("second run", START);
    browser.waitFor("document.querySelector('a[href=\"/runs/second%20run\"]')");
    browser.click("a[href='/runs/second%20run']");
    browser.waitFor("document.getElementById('name')?.textContent === 'second run'");
    assertThat(browser.consoleErrors()).isEmpty();
    browser.setViewport(390, 800, true);
    for (String page : List.of("runs", "runs/first")) {
      browser.open(server.url() + page);
      browser.waitFor("document.querySelector('.state')");
      browser.waitUntilItFits(390);
    }
    browser.setViewport(1300, 900, false);
  }

  @Test
  void aRunThatDoesNotExistIsSaid() {
    browser.open(server.url() + "runs/nothing");
    browser.waitFor("document.getElementById('error').textContent.includes('no run of that name')");
    browser.open(server.url() + "runs/%ff");
    browser.waitFor("document.getElementById('error').textContent.includes('no run of that name')");
  }

  @Test
  void aFolderThatIsRemovedUnderAnOpenPageIsSaidAndItsReturnIsSeen() throws IOException {
    Path log = log("short-lived", START + epoch(1));
    browser.open(server.url() + "runs/short-lived");
    waitForState("running");
    Path away = runs.resolve(".away");
    Files.move(log.getParent(), away);
    waitForState("gone");
    assertThat(browser.text("#error")).contains("no run of that name");
    assertThat(browser.evaluate("document.getElementById('buttons').hidden").asBoolean()).isTrue();
    Files.move(away, log.getParent());
    waitForState("running");
    assertThat(browser.text("#error")).isEmpty();
  }

  @Test
  void aComparisonShowsEachOptimizerAndHidesOne() throws IOException {
    Path folder = Files.createDirectories(runs.resolve("comparison"));
    StringBuilder log =
        new StringBuilder(
            "{\"kind\":\"start\",\"format\":\"comparison-run/1\",\"data\":\"iris\",\"model\":\"linear\",\"metric\":\"accuracy\",\"epochs\":2,\"seeds\":1,\"optimizers\":[\"sgd\",\"adam\"]}\n");
    for (String optimizer : List.of("sgd", "adam")) {
      for (int i = 1; i <= 2; i++) {
        log.append(
            "{\"kind\":\"epoch\",\"optimizer\":\"%s\",\"purpose\":\"reported\",\"seed\":2,\"rate\":0.1,\"epoch\":%d,\"train_loss\":0.5,\"validation_loss\":0.4,\"score\":0.9,\"done\":0.5}\n"
                .formatted(optimizer, i));
      }
    }
    Files.writeString(folder.resolve("log.jsonl"), log);
    browser.open(server.url() + "runs/comparison");
    browser.waitFor("document.querySelectorAll('#legend button').length === 2");
    assertThat(browser.text("#now")).contains("adam, seed 2, epoch 2");
    assertThat(browser.text("#going")).contains("50 %");
    int lines = paths();
    browser.click("#legend button");
    browser.waitFor("document.querySelector('#legend button[aria-pressed=false]')");
    assertThat(paths()).isLessThan(lines);
    Files.writeString(
        folder.resolve("log.jsonl"),
        "{\"kind\":\"end\",\"ending\":\"cancelled\"}\n",
        StandardOpenOption.APPEND);
    browser.waitFor("document.getElementById('state').textContent === 'stopped'");
    assertThat(browser.text("#going")).contains("50 %").contains("Stopped before it was done");
    assertThat(browser.consoleErrors()).isEmpty();
  }

  private int paths() {
    return browser.evaluate("document.querySelectorAll('#chart-validation path').length").asInt();
  }

  /** Something that works in a folder, and its end. */
  private static Process begun(String verb, Path run, String... words) throws IOException {
    List<String> command = new ArrayList<>(continuing(verb, run));
    command.subList(command.indexOf("--resume"), command.size()).clear();
    command.addAll(List.of(words));
    command.addAll(List.of("--quiet", "--run=" + run));
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static void end(Process process, Path run) {
    process.destroy();
    ProcessHandle.current()
        .children()
        .filter(c -> c.info().commandLine().orElse("").contains(run.toString()))
        .forEach(ProcessHandle::destroy);
  }

  private void waitForState(String state) {
    browser.waitFor("document.getElementById('state').textContent === '%s'".formatted(state));
  }

  private void press(String button) {
    browser.waitFor("!document.getElementById('%s').hidden".formatted(button));
    browser.click("#" + button);
  }

  /** Begins it, and looks on once there are so many lines. */
  private void stopAndGoOnAndStop(Process process, Path run) throws Exception {
    for (int i = 0; i < 3000 && !Files.exists(run.resolve("log.jsonl")); i++) {
      Thread.sleep(10);
    }
    browser.open(server.url() + "runs/" + run.getFileName());
    browser.waitFor("document.body.dataset.lines > 3");
    press("stop");
    waitForState("stopped");
    assertThat(process.waitFor()).isEqualTo(130);
    press("continue");
    waitForState("running");
    press("stop");
    waitForState("stopped");
    browser.waitFor("!document.getElementById('continue').hidden");
    assertThat(browser.text("#error")).as("it was stopped, as asked").isEmpty();
  }

  @Test
  void theButtonsStopARunAndGoOnWithIt() throws Exception {
    Path run = runs.resolve("real");
    Process process = begun("train", run, "--data=digits", "--epochs=10000");
    try {
      stopAndGoOnAndStop(process, run);
      assertThat(Files.readString(run.resolve("log.jsonl")))
          .containsPattern("\"resumed_step\": [1-9]");
    } finally {
      end(process, run);
    }
  }

  @Test
  void theButtonsStopAComparisonAndGoOnWithIt() throws Exception {
    Path run = runs.resolve("real comparison");
    Path report = runs.resolve("report.html");
    Process process =
        begun("compare", run, "iris", "--epochs=300", "--optimizers=sgd; adam", "--out=" + report);
    try {
      stopAndGoOnAndStop(process, run);
      assertThat(browser.text("#about")).contains("mlp(hidden=[64]) on iris, 2 optimizers");
      assertThat(report).doesNotExist();
      assertThat(Files.readAllLines(run.resolve("log.jsonl")))
          .filteredOn(line -> line.contains("\"kind\":\"start\""))
          .hasSize(2);
    } finally {
      end(process, run);
    }
  }
}
