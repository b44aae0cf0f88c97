package thalweg.cli.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A headless browser with a profile of its own, which goes when it is closed, or with the JVM. It
 * draws WebGL without a graphics card and finds no host but this machine's own.
 */
final class BrowserProcess implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");
  private static final List<String> FLAGS =
      List.of(
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--disable-dev-shm-usage",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--use-angle=swiftshader",
          "--enable-unsafe-swiftshader",
          "--hide-scrollbars",
          "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
          "--remote-debugging-port=0");

  private final Path profile;
  private final Process process;
  private final Thread atExit = new Thread(this::end);

  BrowserProcess() {
    Path program = program();
    try {
      profile = Files.createTempDirectory("browser");
      List<String> command = new ArrayList<>(List.of(program.toString()));
      command.addAll(FLAGS);
      command.add("--user-data-dir=" + profile);
      command.add("about:blank");
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(profile.resolve("output").toFile())
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + program, e);
    }
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  private static Path program() {
    String chosen = System.getenv("CHROMIUM");
    if (chosen != null && !chosen.isEmpty()) {
      if (!Files.isExecutable(Path.of(chosen))) {
        throw new AssertionError(
            "CHROMIUM is %s, which cannot be run; set it to a Chromium or unset it"
                .formatted(chosen));
      }
      return Path.of(chosen);
    }
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return NAMES.stream()
        .flatMap(name -> Stream.of(path.split(":")).map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() ->
            new AssertionError(
                "pages are tested in a real browser and none is here; install chromium (apt-get"
                    + " install chromium) or set CHROMIUM to one"));
  }

  Path profile() {
    return profile;
  }

  /** The address of its first page. */
  URI page() {
    int port = port();
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI list = URI.create("http://127.0.0.1:%d/json/list".formatted(port));
      String answer =
          client
              .send(HttpRequest.newBuilder(list).build(), HttpResponse.BodyHandlers.ofString())
              .body();
      for (var target : DevTools.MAPPER.readTree(answer)) {
        if (target.path("type").asText().equals("page")) {
          return URI.create(target.path("webSocketDebuggerUrl").asText());
        }
      }
      throw new AssertionError("the browser has no page: " + answer);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot ask the browser for its pages", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while the browser started", e);
    }
  }

  /** Waits until the browser has written its port. */
  private int port() {
    Path file = profile.resolve("DevToolsActivePort");
    long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    try {
      while (System.nanoTime() < until && process.isAlive()) {
        if (Files.exists(file)) {
          List<String> lines = Files.readAllLines(file);
          if (lines.size() >= 2) {
            return Integer.parseInt(lines.getFirst());
          }
        }
        Thread.sleep(20);
      }
      throw new AssertionError(
          "the browser did not come up: " + Files.readString(profile.resolve("output")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while the browser started", e);
    }
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(atExit);
    end();
  }

  private void end() {
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    all.add(process.toHandle());
    all.forEach(ProcessHandle::destroyForcibly);
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    removeProfile();
  }

  /** A process that is just going may still write to it; then it is tried again. */
  private void removeProfile() {
    for (int attempt = 0; attempt < 20 && Files.exists(profile); attempt++) {
      try (Stream<Path> files = Files.walk(profile)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      } catch (IOException | UncheckedIOException e) {
        Thread.onSpinWait();
      }
    }
  }
}
