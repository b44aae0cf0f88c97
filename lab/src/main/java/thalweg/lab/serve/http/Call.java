package thalweg.lab.serve.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request and its answer. */
public final class Call {
  /**
   * What a page may load and do: what this server has, and nothing from elsewhere. Chart libraries
   * set styles on elements; they bring no style sheets.
   */
  static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline';"
          + " img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  private final HttpExchange exchange;
  private final Query query;
  private final Streams streams;

  Call(HttpExchange exchange, Streams streams) {
    this.exchange = exchange;
    this.streams = streams;
    query = Query.of(exchange.getRequestURI().getRawQuery());
  }

  /** What stands behind the question mark. */
  public Query query() {
    return query;
  }

  /** A header of the request. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
  }

  /** Answers with JSON. */
  public void json(JsonNode body) throws IOException {
    send(200, "application/json", body.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Answers with a page. */
  public void html(String page) throws IOException {
    html(200, page);
  }

  /** Answers with a page and a status other than 200. */
  public void html(int status, String page) throws IOException {
    send(status, "text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Answers with a text that comes in pieces.
   *
   * @param type of it, as {@code text/event-stream}
   * @throws Refusal if too many are being written
   */
  public TextStream stream(String type) throws IOException {
    return streams.open(() -> {
      headers(type);
      exchange.sendResponseHeaders(200, 0);
      return exchange;
    });
  }

  /** Answers with bytes that a browser may keep and ask about by their tag. */
  void asset(String type, byte[] body, String tag) throws IOException {
    exchange.getResponseHeaders().set("ETag", tag);
    if (tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
      headers(type);
      exchange.sendResponseHeaders(304, -1);
      return;
    }
    send(200, type, body);
  }

  void send(int status, String type, byte[] body) throws IOException {
    headers(type);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    }
  }

  /** Answers a refusal: JSON of one line. */
  static void refuse(HttpExchange exchange, int status, @Nullable String line) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers(headers, "application/json");
    if (status == 405) {
      headers.set("Allow", "GET, POST");
    }
    if (status == 429) {
      headers.set("Retry-After", "1");
    }
    byte[] body =
        JsonNodeFactory.instance
            .objectNode()
            .put("error", line == null ? "" : line)
            .toString()
            .getBytes(StandardCharsets.UTF_8);
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  private void headers(String type) {
    headers(exchange.getResponseHeaders(), type);
  }

  private static void headers(Headers headers, String type) {
    headers.set("Content-Type", type);
    headers.set("Cache-Control", "no-cache");
    headers.set("Content-Security-Policy", POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
  }
}
