package thalweg.lab.serve.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Answers in pieces, to readers that do not read or have gone. */
class StreamsTest {
  private static final String REQUEST = "GET /pieces HTTP/1.1\r\nHost: localhost\r\n\r\n";

  @Test
  void aReaderThatDoesNotReadIsCutOff() throws Exception {
    CompletableFuture<IOException> end = new CompletableFuture<>();
    try (Site site = site(new Limits(100, 100, 5, 700), end)) {
      int port = start(site);
      try (Socket reader = new Socket("127.0.0.1", port)) {
        reader.setReceiveBufferSize(1024);
        reader.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
        assertThat(end.get(10, TimeUnit.SECONDS)).isNotNull();
      }
    }
  }

  @Test
  void moreThanTheMostAreRefused() throws Exception {
    CompletableFuture<IOException> end = new CompletableFuture<>();
    try (Site site = site(new Limits(100, 100, 1, 60_000), end)) {
      int port = start(site);
      try (Socket first = new Socket("127.0.0.1", port);
          Socket second = new Socket("127.0.0.1", port)) {
        first.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
        assertThat(first.getInputStream().readNBytes(12)).asString().isEqualTo("HTTP/1.1 200");
        second.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
        assertThat(second.getInputStream().readNBytes(12)).asString().isEqualTo("HTTP/1.1 429");
      }
    }
  }

  @Test
  void aServerThatEndsEndsThem() throws Exception {
    CompletableFuture<IOException> end = new CompletableFuture<>();
    Site site = site(new Limits(100, 100, 5, 60_000), end);
    try (Socket reader = new Socket("127.0.0.1", start(site))) {
      reader.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
      assertThat(reader.getInputStream().read()).isEqualTo('H');
      site.close();
      assertThat(end.get(10, TimeUnit.SECONDS)).isNotNull();
    }
  }

  /** One that writes until it cannot. */
  private static Site site(Limits limits, CompletableFuture<IOException> end) {
    Site site = new Site(new Assets(), new Guard("127.0.0.1"), limits, _ -> Optional.empty());
    return site.on(
        "GET",
        "/pieces",
        (call, _) -> {
          try (TextStream out = call.stream("text/plain")) {
            while (true) {
              out.send("x".repeat(1 << 16));
            }
          } catch (IOException e) {
            end.complete(e);
            throw e;
          }
        });
  }

  private static int start(Site site) throws IOException {
    return site.start(new InetSocketAddress("127.0.0.1", 0)).getPort();
  }
}
