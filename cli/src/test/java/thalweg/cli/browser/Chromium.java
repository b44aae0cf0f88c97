package thalweg.cli.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;

/**
 * A real browser with one page, driven as a person would: by mouse, keys and eyes. What it cannot
 * do within seconds is an {@link AssertionError} that says what was waited for.
 *
 * <p>The browser is the one that the environment's {@code CHROMIUM} names, else {@code chromium},
 * {@code chromium-browser} or {@code google-chrome} on the path; without one every test of a page
 * fails.
 */
public final class Chromium implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final BrowserProcess process = new BrowserProcess();
  private final List<String> errors = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final DevTools tools;
  private final Input input;
  private volatile CountDownLatch loaded = new CountDownLatch(1);

  /** Starts the browser, with a page of 1300 x 900 pixels on light paper. */
  public Chromium() {
    try {
      tools = new DevTools(process.page(), this::event);
      input = new Input(tools);
      for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
        tools.call(domain + ".enable", Map.of());
      }
      setViewport(1300, 900, false);
    } catch (RuntimeException | AssertionError e) {
      process.close();
      throw e;
    }
  }

  private void event(String name, JsonNode about) {
    switch (name) {
      case "Page.loadEventFired" -> loaded.countDown();
      case "Network.requestWillBeSent" -> requests.add(about.path("request").path("url").asText());
      case "Network.webSocketCreated" -> requests.add(about.path("url").asText());
      case "Runtime.exceptionThrown" -> errors.add(thrown(about.path("exceptionDetails")));
      case "Runtime.consoleAPICalled" -> {
        String kind = about.path("type").asText();
        if (kind.equals("error") || kind.equals("warning") || kind.equals("assert")) {
          StringBuilder text = new StringBuilder(kind).append(':');
          for (JsonNode part : about.path("args")) {
            text.append(' ').append(part.path("value").asText(part.path("description").asText()));
          }
          errors.add(text.toString());
        }
      }
      case "Log.entryAdded" -> {
        JsonNode entry = about.path("entry");
        if (entry.path("level").asText().equals("error")) {
          errors.add(entry.path("text").asText() + " " + entry.path("url").asText());
        }
      }
      default -> {
        // of no interest
      }
    }
  }

  private static String thrown(JsonNode details) {
    return details.path("exception").path("description").asText(details.path("text").asText());
  }

  /** Opens a page and waits until it has loaded. Errors and requests are counted anew. */
  public void open(String url) {
    loaded = new CountDownLatch(1);
    errors.clear();
    requests.clear();
    JsonNode answer = tools.call("Page.navigate", Map.of("url", url));
    if (answer.has("errorText")) {
      throw new AssertionError("cannot open %s: %s".formatted(url, answer.get("errorText")));
    }
    try {
      if (!loaded.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("%s did not load within %s".formatted(url, PATIENCE));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while loading " + url, e);
    }
  }

  /** Opens a file. */
  public void open(Path file) {
    open(file.toUri().toString());
  }

  /**
   * The value of an expression in the page, as JSON; a promise is waited for.
   *
   * @throws AssertionError if it throws
   */
  public JsonNode evaluate(String expression) {
    JsonNode answer =
        tools.call(
            "Runtime.evaluate",
            Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
    if (answer.has("exceptionDetails")) {
      throw new AssertionError(expression + ": " + thrown(answer.get("exceptionDetails")));
    }
    return answer.path("result").path("value");
  }

  /** Waits until a condition of the page is true. */
  public void waitFor(String condition) {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!evaluate("!!(" + condition + ")").asBoolean()) {
      if (System.nanoTime() > until) {
        throw new AssertionError(
            "within %s this did not become true: %s; errors: %s"
                .formatted(PATIENCE, condition, errors));
      }
      pause(10);
    }
  }

  /** Waits until nothing is wider than so many pixels; charts follow the window a moment later. */
  public void waitUntilItFits(int width) {
    waitFor("document.documentElement.scrollWidth <= " + width);
  }

  /** The strings that an expression gives a list of. */
  public List<String> texts(String expression) {
    return StreamSupport.stream(evaluate(expression).spliterator(), false)
        .map(JsonNode::asText)
        .toList();
  }

  /** The text of an element as it is read. */
  public String text(String selector) {
    String node = element(selector);
    return evaluate("%s.innerText ?? %s.textContent".formatted(node, node)).asText();
  }

  /** Clicks the middle of an element, which is scrolled into view. */
  public void click(String selector) {
    click(selector, 0.5, 0.5);
  }

  /** Clicks within an element: at shares of its width and height. */
  public void click(String selector, double x, double y) {
    double[] at = place(selector, x, y);
    input.press(at[0], at[1]);
    input.release(at[0], at[1]);
  }

  /** Moves the mouse to a place within an element: shares of its width and height. */
  public void hover(String selector, double x, double y) {
    double[] at = place(selector, x, y);
    input.move(at[0], at[1], false);
  }

  /** Drags from one place within an element to another, in ten moves: shares of its size. */
  public void drag(String selector, double fromX, double fromY, double toX, double toY) {
    double[] from = place(selector, fromX, fromY);
    double[] to = place(selector, toX, toY);
    input.press(from[0], from[1]);
    for (int i = 1; i <= 10; i++) {
      double share = i / 10.0;
      input.move(from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1]), true);
    }
    input.release(to[0], to[1]);
  }

  /**
   * Presses and releases a key on whatever has the focus.
   *
   * @param name as the DOM calls it: {@code Tab}, {@code ArrowLeft}, {@code Enter}, or the
   *     character that it writes
   */
  public void key(String name) {
    input.key(name);
  }

  /** Types a text into whatever has the focus. */
  public void type(String text) {
    tools.call("Input.insertText", Map.of("text", text));
  }

  /** The size of the page in pixels, and its paper. */
  public void setViewport(int width, int height, boolean dark) {
    tools.call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    setFeature("prefers-color-scheme", dark ? "dark" : "light");
  }

  /** Whether the page is to move as little as possible; otherwise on light paper. */
  public void setReducedMotion(boolean reduced) {
    setFeature("prefers-reduced-motion", reduced ? "reduce" : "no-preference");
  }

  private void setFeature(String name, String value) {
    tools.call(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", name, "value", value))));
  }

  /** Writes the whole page, also what is below the fold, as PNG. */
  public void screenshot(Path file) {
    write(
        file,
        tools.call(
            "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true)));
  }

  /** Writes what a printer would get, as PDF on A4. */
  public void print(Path file) {
    write(
        file,
        tools.call(
            "Page.printToPDF",
            Map.of("paperWidth", 8.27, "paperHeight", 11.69, "printBackground", true)));
  }

  private static void write(Path file, JsonNode answer) {
    try {
      Files.write(file, Base64.getDecoder().decode(answer.path("data").asText()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /** What the page complained of since it was opened: errors, warnings, what its policy forbade. */
  public List<String> consoleErrors() {
    return List.copyOf(errors);
  }

  /** The addresses that the page asked for since it was opened, its own first. */
  public List<String> requests() {
    return requests.stream()
        .filter(url -> !url.startsWith("data:") && !url.startsWith("blob:"))
        .toList();
  }

  /** The folder that the browser keeps its things in while it runs. */
  Path profile() {
    return process.profile();
  }

  private double[] place(String selector, double x, double y) {
    JsonNode at =
        evaluate(
            "(() => { const node = %s; node.scrollIntoView({ block: 'center', behavior: 'instant' }); const box = node.getBoundingClientRect(); return [box.x, box.y, box.width, box.height]; })()"
                .formatted(element(selector)));
    return new double[] {
      at.get(0).asDouble() + x * at.get(2).asDouble(),
      at.get(1).asDouble() + y * at.get(3).asDouble()
    };
  }

  /** An expression for an element, which throws where there is none. */
  private static String element(String selector) {
    String quoted = TextNode.valueOf(selector).toString();
    return "(document.querySelector(%s) ?? (() => { throw new Error('no element ' + %s); })())"
        .formatted(quoted, quoted);
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  @Override
  public void close() {
    tools.close();
    process.close();
  }
}
