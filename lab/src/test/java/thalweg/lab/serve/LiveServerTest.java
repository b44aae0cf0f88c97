package thalweg.lab.serve;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import thalweg.lab.BadInput;
import thalweg.lab.serve.http.Limits;

/** What holds for every request, whatever it asks. */
class LiveServerTest {
  @TempDir Path runs;
  private Served served;

  @BeforeEach
  void start() {
    served = new Served(runs);
  }

  @AfterEach
  void end() {
    served.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/play", "/runs", "/runs/any"})
  void aPageAsksForNothingElsewhereAndMayLoadNothing(String path) {
    HttpResponse<String> page = served.get(path);
    assertThat(page.statusCode()).isEqualTo(path.endsWith("any") ? 404 : 200);
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
        .doesNotContain("http");
    assertThat(page.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    assertThat(page.body()).doesNotContain("http://").doesNotContain("https://");
    Matcher parts = Pattern.compile("(?:src|href)=\"(/assets/[^\"]+)\"").matcher(page.body());
    int count = 0;
    for (; parts.find(); count++) {
      assertThat(served.get(parts.group(1)).statusCode()).as(parts.group(1)).isEqualTo(200);
    }
    assertThat(count).isGreaterThan(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/runs/any", "/runs/..", "/runs/%ff", "/runs/%3Cb%3E"})
  void thePageOfARunThatIsNotThereSaysSo(String path) {
    HttpResponse<String> page = served.get(path);
    assertThat(page.statusCode()).isEqualTo(404);
    assertThat(page.body()).contains("there is no run of that name in " + runs).contains("/runs\"");
  }

  @Test
  void manyRequestsThatAreNeverFinishedLeaveRoomForOthers() throws Exception {
    List<Socket> unfinished = new ArrayList<>();
    try {
      for (int i = 0; i < 300; i++) {
        Socket socket = new Socket("127.0.0.1", served.port());
        unfinished.add(socket);
        socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: loc".getBytes(US_ASCII));
      }
      long began = System.nanoTime();
      assertThat(served.get("/api/runs").statusCode()).isEqualTo(200);
      assertThat((System.nanoTime() - began) / 1e9)
          .as("before the others are given up")
          .isLessThan(5);
    } finally {
      for (Socket socket : unfinished) {
        socket.close();
      }
    }
  }

  @Test
  void anAssetThatIsKeptIsNotSentAgain() {
    String tag = served.get("/assets/page.css").headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> again = served.get("/assets/page.css", "If-None-Match", tag);
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "evil.example:80", "127.0.0.1.evil.example", ""})
  void aNameThatIsNotTheServersIsRefused(String host) throws Exception {
    String answer =
        served.raw(
            "GET /api/runs HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(host));
    assertThat(answer).startsWith("HTTP/1.1 403 ").contains("open it as 127.0.0.1 or localhost");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LOCALHOST:9", "127.0.0.1:1", "[::1]:1"})
  void anAddressOrLocalhostIsNot(String host) throws Exception {
    String answer =
        served.raw(
            "GET /api/runs HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(host));
    assertThat(answer).startsWith("HTTP/1.1 200 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cross-site", "same-site"})
  void anotherSitesPageGetsNothing(String site) {
    assertThat(Served.refusal(403, served.get("/api/play", "Sec-Fetch-Site", site)))
        .contains("another site asked for this");
    assertThat(served.get("/api/play", "Sec-Fetch-Site", "same-origin").statusCode())
        .isEqualTo(200);
  }

  @Test
  void whatChangesSomethingNeedsThePagesWordAndItsOrigin() {
    String page = served.get("/runs").body();
    String token = page.replaceAll("(?s).*name=\"token\" content=\"([0-9a-f]+)\".*", "$1");
    assertThat(token).hasSize(48);
    String here = served.url().substring(0, served.url().length() - 1);
    assertThat(post("/api/runs/any/stop", "Origin", here)).contains("load it again");
    assertThat(post("/api/runs/any/stop", "Origin", here, "X-Thalweg-Token", "0".repeat(48)))
        .contains("load it again");
    assertThat(post("/api/runs/any/stop", "X-Thalweg-Token", token)).contains("own pages");
    assertThat(
            post("/api/runs/any/stop", "Origin", "http://evil.example", "X-Thalweg-Token", token))
        .contains("own pages");
    HttpResponse<String> allowed =
        served.send(
            HttpRequest.newBuilder(served.uri("/api/runs/any/stop")).POST(BodyPublishers.noBody()),
            "Origin",
            here,
            "X-Thalweg-Token",
            token);
    assertThat(Served.refusal(404, allowed)).contains("no run of that name");
  }

  private String post(String path, String... headers) {
    return Served.refusal(
        403,
        served.send(
            HttpRequest.newBuilder(served.uri(path)).POST(BodyPublishers.noBody()), headers));
  }

  @Test
  void noRequestHasABody() throws Exception {
    String answer =
        served.raw(
            "GET /api/play HTTP/1.1\r\n"
                + "Host: localhost\r\n"
                + "Content-Length: 3\r\n"
                + "Connection: close\r\n\r\n"
                + "abc");
    assertThat(answer).startsWith("HTTP/1.1 413 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE", "OPTIONS", "HEAD", "PATCH"})
  void onlyGetAndPostAreAnswered(String method) throws Exception {
    String answer =
        served.raw(
            "%s /api/play HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                .formatted(method));
    assertThat(answer).startsWith("HTTP/1.1 405 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nothing",
        "/api",
        "/assets/",
        "/assets/../page.css",
        "/assets/%2e%2e/page.css",
        "/runs/a/b",
        "/favicon.ico"
      })
  void whatIsNotThereIsSaid(String path) {
    assertThat(served.refusal(404, path)).contains("begin at / or at /runs");
  }

  @Test
  void aRequestThatIsDamagedEndsInOneLine() throws Exception {
    assertThat(served.refusal(400, "/api/play/optimizers?optimizer=sgd&colour=red"))
        .isEqualTo("unknown 'colour' in the address; known are optimizer");
    assertThat(served.refusal(414, "/api/play/optimizers?optimizer=" + "a".repeat(8000)))
        .contains("at most 8000");
    assertThat(served.refusal(400, "/api/play/optimizers?" + "a=1&".repeat(101)))
        .contains("more than 100 parts");
    assertThat(
            served.raw(
                "GET /api/play?a=%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 400 ");
    assertThat(
            served.raw(
                "GET /api/play HTTP/1.1\r\nHost: localhost\r\nBig: %s\r\nConnection: close\r\n\r\n"
                    .formatted("a".repeat(40_000))))
        .doesNotStartWith("HTTP/1.1 200");
  }

  @Test
  void tooManyRequestsAtOnceAreToldToWait() {
    try (Served small =
        new Served(runs, new Limits(0.001, 3, 2, 1000), (_, _) -> List.of("false"))) {
      for (int i = 0; i < 3; i++) {
        assertThat(small.get("/api/runs").statusCode()).isEqualTo(200);
      }
      HttpResponse<String> fourth = small.get("/api/runs");
      assertThat(Served.refusal(429, fourth)).contains("wait a second");
      assertThat(fourth.headers().firstValue("Retry-After")).contains("1");
    }
  }

  @Test
  void aPortInUseIsSaidWithWhatToDo() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      assertThatThrownBy(() -> LiveServer.start(settings("127.0.0.1", taken.getLocalPort(), runs)))
          .isInstanceOf(BadInput.class)
          .hasMessageContaining("port " + taken.getLocalPort())
          .hasMessageContaining("--port 0");
    }
  }

  @Test
  void otherMachinesAreLetInOnlyWhenThatIsAskedFor() {
    assertThatThrownBy(() -> LiveServer.start(settings("0.0.0.0", 0, runs)))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("without a password")
        .hasMessageContaining("--network");
  }

  @Test
  void aHostAPortOrAFolderThatIsNoneIsBadInput() throws Exception {
    Path file = Files.writeString(runs.resolve("file"), "");
    Path run = Files.createDirectory(runs.resolve("run"));
    Files.writeString(run.resolve("log.jsonl"), "");
    assertBad(settings("no.such.host.invalid", 0, runs), "no host");
    assertBad(settings("127.0.0.1", 65_536, runs), "0 to 65535");
    assertBad(settings("127.0.0.1", -1, runs), "0 to 65535");
    assertBad(settings("127.0.0.1", 0, file), "is a file");
    assertBad(settings("127.0.0.1", 0, run), "itself a run");
  }

  private static void assertBad(ServeSettings settings, String says) {
    assertThatThrownBy(() -> LiveServer.start(settings))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining(says);
  }

  private static ServeSettings settings(String host, int port, Path runs) {
    return new ServeSettings(
        host, port, false, runs, 1, "test", (_, _) -> List.of("false"), Limits.USUAL);
  }
}
