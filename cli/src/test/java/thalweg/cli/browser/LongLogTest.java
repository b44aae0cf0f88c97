package thalweg.cli.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static thalweg.cli.browser.LogLines.START;
import static thalweg.cli.browser.LogLines.end;
import static thalweg.cli.browser.LogLines.epoch;
import static thalweg.cli.browser.LogLines.step;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import thalweg.lab.serve.LiveServer;
import thalweg.lab.serve.ServeSettings;
import thalweg.lab.serve.http.Limits;

/** Logs that are long, or grow faster than anybody can look. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LongLogTest {
  private Path runs;
  private LiveServer server;
  private Chromium browser;

  @BeforeAll
  void start(@TempDir Path folder) {
    runs = folder;
    server =
        LiveServer.start(
            new ServeSettings(
                "127.0.0.1", 0, false, runs, 1, "test", (_, _) -> List.of("false"), Limits.USUAL));
    browser = new Chromium();
  }

  @AfterAll
  void close() {
    browser.close();
    server.close();
  }

  private Path log(String name, String text) throws IOException {
    Path folder = Files.createDirectories(runs.resolve(name));
    Files.writeString(folder.resolve("settings.json"), "{}");
    return Files.writeString(folder.resolve("log.jsonl"), text);
  }

  private boolean saysThatLinesAreLeftOut() {
    return !browser.evaluate("document.getElementById('thinned').hidden").asBoolean();
  }

  /** The highest loss that is drawn, and the last step. */
  private List<String> drawn() {
    return browser.texts(
        "(() => { const lines = page.charts.get(document.getElementById('chart-loss'))"
            + ".getOption().series[0].data; return [Math.max(...lines.map((p) =>"
            + " p[1])).toFixed(3), String(lines.at(-1)[0])]; })()");
  }

  @Test
  void thePageKeepsPaceWithThousandsOfLinesASecond() throws Exception {
    int perSecond = 8000;
    int steps = 3 * perSecond;
    Path log = log("fast", START);
    browser.open(server.url() + "runs/fast");
    browser.waitFor("document.body.dataset.lines === '1'");
    browser.evaluate("document.querySelector('[data-y=linear]').click()");
    long began = System.nanoTime();
    try (Writer out = Files.newBufferedWriter(log, StandardOpenOption.APPEND)) {
      for (int i = 1; i <= steps; i++) {
        out.write(step(i, i == 12_345 ? 77 : 1));
        out.write(i % 10 == 0 ? epoch(i / 10) : "");
        if (i % 80 == 0) {
          out.flush();
          long ahead = i * 1_000_000_000L / perSecond - (System.nanoTime() - began);
          Thread.sleep(Math.max(0, ahead / 1_000_000));
        }
      }
      out.write(end(steps));
    }
    long ended = System.nanoTime();
    browser.waitFor("document.getElementById('state').textContent === 'finished'");
    browser.waitFor(
        "page.charts.get(document.getElementById('chart-loss')).getOption().series[0].data.at(-1)[0]"
            + " === "
            + steps);
    assertThat(System.nanoTime() - ended)
        .as("a page that falls behind needs as long again")
        .isLessThan(ended - began);
    assertThat(drawn()).as("the outlier stays").containsExactly("77.000", "" + steps);
    assertThat(saysThatLinesAreLeftOut()).isTrue();
    assertThat(browser.consoleErrors()).isEmpty();
  }

  @Test
  void aLogOfAMillionLinesIsOpenedWhole() throws IOException {
    int steps = 900_000;
    Path log = log("million", START);
    try (Writer out = Files.newBufferedWriter(log, StandardOpenOption.APPEND)) {
      for (int i = 1; i <= steps; i++) {
        out.write(
            "{\"kind\":\"step\",\"step\":%d,\"loss\":%s}\n".formatted(i, i == 654_321 ? 77 : 1));
        out.write(i % 9 == 0 ? "{\"kind\":\"checkpoint\",\"step\":%d}\n".formatted(i) : "");
      }
      out.write(end(steps));
    }
    browser.open(server.url() + "runs/million");
    browser.waitFor("document.getElementById('state').textContent === 'finished'");
    browser.waitFor("document.body.dataset.lines > 500");
    browser.evaluate("document.querySelector('[data-y=linear]').click()");
    assertThat(drawn()).containsExactly("77.000", "" + steps);
    assertThat(browser.evaluate("Number(document.body.dataset.lines)").asInt()).isLessThan(4000);
    assertThat(saysThatLinesAreLeftOut()).isTrue();
  }

  @Test
  void aLogThatFitsIsDrawnWhole() throws IOException {
    StringBuilder text = new StringBuilder(START);
    for (int i = 1; i <= 800; i++) {
      text.append(step(i)).append(i % 10 == 0 ? epoch(i / 10) : "");
    }
    log("fits", text.toString());
    browser.open(server.url() + "runs/fits");
    browser.waitFor("document.body.dataset.lines === '881'");
    assertThat(saysThatLinesAreLeftOut()).isFalse();
  }

  @Test
  void ofManyLinesTheLastAndThoseWithTheLowestAndTheHighestLossStay() throws IOException {
    log("empty", "");
    browser.open(server.url() + "runs/empty");
    assertThat(
            browser.texts(
                "(() => { const lines = runLines.of([]); for (let i = 1; i <= 20001; i++) {"
                    + " lines.add({ kind: 'step', step: i, loss: i === 7000 ? -5 : i === 7001 ? 9 :"
                    + " i % 3 }); if (i % 100 === 0) lines.add({ kind: 'epoch', step: i }); } const"
                    + " all = lines.list(); const steps = all.filter((l) => l.kind === 'step');"
                    + " return [steps.length <= 1601, all.filter((l) => l.kind === 'epoch').length,"
                    + " steps.some((l) => l.loss === -5), steps.some((l) => l.loss === 9),"
                    + " all.at(-1).step].map(String); })()"))
        .containsExactly("true", "200", "true", "true", "20001");
  }
}
