package thalweg.cli.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static thalweg.cli.browser.LogLines.START;
import static thalweg.cli.browser.LogLines.epoch;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import thalweg.lab.serve.LiveServer;
import thalweg.lab.serve.ServeSettings;
import thalweg.lab.serve.http.Limits;

/** Open pages, and a server that ends and is started again where it was. */
class RestartTest {
  @TempDir private Path runs;
  private LiveServer server;
  private Chromium browser;

  @BeforeEach
  void start() {
    server = started(0);
    browser = new Chromium();
  }

  @AfterEach
  void end() {
    browser.close();
    server.close();
  }

  private LiveServer started(int port) {
    return LiveServer.start(
        new ServeSettings(
            "127.0.0.1", port, false, runs, 1, "test", (_, _) -> List.of("false"), Limits.USUAL));
  }

  private void restart() {
    server = started(URI.create(server.url()).getPort());
  }

  private void waitForError(String text) {
    browser.waitFor("document.getElementById('error').textContent.includes('%s')".formatted(text));
  }

  @Test
  void whatWasAskedOfThePlaygroundMeanwhileIsAnswered() {
    browser.open(server.url() + "play");
    browser.waitFor("document.body.dataset.ready && document.body.dataset.answered");
    server.close();
    browser.evaluate("delete document.body.dataset.answered");
    browser.evaluate("document.querySelector('#cards li:last-child [data-part=lr]').focus()");
    browser.key("ArrowRight");
    waitForError("trying again");
    restart();
    browser.waitFor("document.body.dataset.answered");
    assertThat(browser.text("#error")).isEmpty();
  }

  @Test
  void anAddressOfThePlaygroundIsKeptUntilItCanBeShown() {
    browser.open(server.url() + "play?surface=booth&optimizer=nag");
    browser.waitFor("document.body.dataset.answered");
    browser.click("#reset");
    browser.waitFor("document.querySelectorAll('#map .head').length === 5");
    server.close();
    browser.evaluate("history.back(); 0");
    waitForError("trying again");
    restart();
    browser.waitFor("document.getElementById('surface').value === 'booth'");
    browser.waitFor("document.querySelectorAll('#map .head').length === 1");
    browser.waitFor("document.getElementById('error').textContent === ''");
    assertThat(browser.evaluate("location.search").asText())
        .isEqualTo("?surface=booth&optimizer=nag");
  }

  @Test
  void aRunIsFollowedAndStoppedAsBefore() throws IOException {
    Path run = Files.createDirectory(runs.resolve("run"));
    Files.writeString(run.resolve("settings.json"), "{\"options\":{\"data\":\"iris\"}}");
    Path log = Files.writeString(run.resolve("log.jsonl"), START + epoch(1));
    browser.open(server.url() + "runs/run");
    browser.waitFor("document.body.dataset.lines === '2'");
    server.close();
    waitForError("trying again");
    Files.writeString(log, epoch(2), StandardOpenOption.APPEND);
    restart();
    browser.waitFor("document.body.dataset.lines === '3'");
    assertThat(browser.text("#error")).isEmpty();
    browser.click("#stop");
    browser.waitFor("document.getElementById('told').textContent !== ''");
    assertThat(browser.text("#error")).isEmpty();
  }
}
