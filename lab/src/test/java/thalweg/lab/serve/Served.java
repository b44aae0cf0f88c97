package thalweg.lab.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import thalweg.lab.serve.http.Limits;

/** A server of a test's own, and how one talks to it. */
public final class Served implements AutoCloseable {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final LiveServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  public Served(Path runs, Limits limits, BiFunction<String, Path, List<String>> continuing) {
    server =
        LiveServer.start(
            new ServeSettings("127.0.0.1", 0, false, runs, 2, "test", continuing, limits));
  }

  /** With the usual limits. */
  public Served(Path runs) {
    this(runs, Limits.USUAL, (_, _) -> List.of("false"));
  }

  public String url() {
    return server.url();
  }

  public URI uri(String path) {
    return URI.create(server.url() + path.substring(1));
  }

  public int port() {
    return URI.create(server.url()).getPort();
  }

  public HttpResponse<String> get(String path, String... headers) {
    return send(HttpRequest.newBuilder(uri(path)).GET(), headers);
  }

  public HttpResponse<String> send(HttpRequest.Builder request, String... headers) {
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** A path with names and values behind it. */
  public static String query(String path, String... namesAndValues) {
    StringBuilder text = new StringBuilder(path);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      text.append(i == 0 ? '?' : '&')
          .append(namesAndValues[i])
          .append('=')
          .append(URLEncoder.encode(namesAndValues[i + 1], StandardCharsets.UTF_8));
    }
    return text.toString();
  }

  public JsonNode json(String path) {
    HttpResponse<String> answer = get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return parsed(answer.body());
  }

  /** The line of a refusal with this status. */
  public String refusal(int status, String path) {
    return refusal(status, get(path));
  }

  public static String refusal(int status, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    String line = parsed(answer.body()).path("error").asText();
    assertThat(line).isNotBlank().doesNotContain("\n").doesNotContain("\tat ");
    return line;
  }

  public static JsonNode parsed(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (IOException e) {
      throw new AssertionError(text, e);
    }
  }

  /**
   * What comes back for bytes sent as they are, to the end of the connection; empty if it is cut.
   */
  public String raw(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port())) {
      socket.setSoTimeout(5000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (SocketException _) {
      return "";
    }
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
