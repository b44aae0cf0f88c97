package thalweg.cli.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChromiumTest {
  private static Chromium browser;
  @TempDir Path folder;

  @BeforeAll
  static void start() {
    browser = new Chromium();
  }

  @AfterAll
  static void end() {
    browser.close();
  }

  private void open(String html) throws IOException {
    browser.open(Files.writeString(folder.resolve("page.html"), "<!doctype html>" + html));
  }

  @Test
  void mouseAndKeysReachThePage() throws IOException {
    open(
        """
        <button onclick="said.textContent += 'clicked '">a</button><input id="field">
        <div id="area" style="width:200px;height:100px;margin-top:2000px"></div><p id="said"></p>
        <script>
        const said = document.getElementById("said");
        addEventListener("keydown", (e) => { if (e.target.tagName !== "INPUT") said.textContent += e.key + "/" + e.code + " "; });
        area.addEventListener("pointerdown", (e) => { said.textContent += `down ${e.offsetX},${e.offsetY} `; });
        area.addEventListener("pointermove", (e) => { if (e.buttons) area.dataset.last = `${e.offsetX},${e.offsetY}`; });
        </script>\
        """);
    browser.click("button");
    browser.key(" "); // the button has the focus and is pressed again
    browser.key("ArrowLeft");
    browser.drag("#area", 0.1, 0.5, 0.6, 0.2);
    assertThat(browser.text("#said").strip())
        .isEqualTo("clicked /Space clicked ArrowLeft/ArrowLeft down 20,50");
    assertThat(browser.evaluate("area.dataset.last").asText()).isEqualTo("120,20");
    browser.click("#field");
    browser.type("x^2");
    browser.key("5");
    assertThat(browser.evaluate("field.value").asText()).isEqualTo("x^25");
    assertThatThrownBy(() -> browser.click("#none"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("no element #none");
  }

  @Test
  void whatGoesWrongInThePageIsHeard() throws IOException {
    open(
        """
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'">
        <script>
        console.error("said aloud");
        setTimeout(() => { document.body.append(new Image()); document.querySelector("img").src = "http://127.0.0.1:9/a.png"; throw new Error("thrown late"); });
        </script>\
        """);
    browser.waitFor("document.querySelector('img')");
    assertThat(browser.consoleErrors())
        .hasSize(3)
        .anyMatch(text -> text.equals("error: said aloud"))
        .anyMatch(text -> text.contains("thrown late"))
        .anyMatch(text -> text.contains("Content Security Policy"));
    open("<p>calm</p>");
    assertThat(browser.consoleErrors()).isEmpty();
  }

  @Test
  void requestsAreHeardAndGoNowhere() throws IOException {
    open(
        "<img src='http://pictures.invalid/a.png'><img"
            + " src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>");
    assertThat(browser.requests()).hasSize(2).first().asString().endsWith("page.html");
    assertThat(browser.requests().getLast()).isEqualTo("http://pictures.invalid/a.png");
    assertThat(browser.consoleErrors())
        .singleElement()
        .asString()
        .contains("ERR_NAME_NOT_RESOLVED");
  }

  @Test
  void thePageIsSeenAsWideAndAsDarkAsAsked() throws IOException {
    open(
        "<style>body{margin:0}@media(prefers-color-scheme:dark){html{background:#102030}}</style>"
            + "<div style='height:1500px'></div>");
    browser.setViewport(390, 600, true);
    Path file = folder.resolve("page.png");
    browser.screenshot(file);
    var image = ImageIO.read(file.toFile());
    assertThat(image.getWidth()).isEqualTo(390);
    assertThat(image.getHeight()).isEqualTo(1500);
    assertThat(image.getRGB(200, 1400)).isEqualTo(0xff102030);
    browser.setViewport(1300, 900, false);
    assertThat(browser.evaluate("innerWidth").asInt()).isEqualTo(1300);
    assertThat(browser.evaluate("matchMedia('(prefers-color-scheme: dark)').matches").asBoolean())
        .isFalse();
    browser.print(folder.resolve("page.pdf"));
    assertThat(folder.resolve("page.pdf"))
        .content(java.nio.charset.StandardCharsets.ISO_8859_1)
        .startsWith("%PDF");
  }

  @Test
  void threeDimensionsAreDrawnWithoutAGraphicsCard() throws IOException {
    open("<canvas></canvas>");
    assertThat(
            browser
                .evaluate(
                    "document.querySelector('canvas').getContext('webgl2').getParameter(7938)")
                .asText())
        .contains("WebGL 2.0");
  }

  @Test
  void nothingOfTheBrowserIsLeft() {
    Chromium other = new Chromium();
    Path profile = other.profile();
    long started = ProcessHandle.current().descendants().filter(p -> uses(p, profile)).count();
    other.close();
    assertThat(started).isPositive();
    assertThat(ProcessHandle.current().descendants().filter(p -> uses(p, profile))).isEmpty();
    assertThat(profile).doesNotExist();
  }

  private static boolean uses(ProcessHandle process, Path profile) {
    return process.info().commandLine().orElse("").contains(profile.toString());
  }
}
