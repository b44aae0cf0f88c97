package thalweg.cli.browser;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/** One page's end of the Chrome DevTools protocol: JSON messages over a WebSocket. */
final class DevTools implements WebSocket.Listener, AutoCloseable {
  static final JsonMapper MAPPER = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient client = HttpClient.newHttpClient();
  private final BiConsumer<String, JsonNode> events;
  private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
  private final AtomicInteger calls = new AtomicInteger();
  private final StringBuilder message = new StringBuilder();
  private final WebSocket socket;

  /**
   * Connects.
   *
   * @param events gets the name and the parameters of each event, on another thread
   */
  DevTools(URI address, BiConsumer<String, JsonNode> events) {
    this.events = events;
    this.socket =
        client.newWebSocketBuilder().connectTimeout(PATIENCE).buildAsync(address, this).join();
  }

  /**
   * Calls a method and waits for what it gives.
   *
   * @param parameters by name
   * @throws AssertionError if the browser refuses or does not answer
   */
  JsonNode call(String method, Map<String, ?> parameters) {
    int id = calls.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    waiting.put(id, answer);
    try {
      ObjectNode text = MAPPER.createObjectNode().put("id", id).put("method", method);
      text.set("params", MAPPER.valueToTree(parameters));
      socket.sendText(text.toString(), true).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      JsonNode given = answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (given.has("error")) {
        throw new AssertionError("%s(%s): %s".formatted(method, parameters, given.get("error")));
      }
      return given.path("result");
    } catch (TimeoutException e) {
      throw new AssertionError(
          "the browser did not answer %s within %s".formatted(method, PATIENCE), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for " + method, e);
    } catch (ExecutionException e) {
      throw new AssertionError("%s(%s) failed".formatted(method, parameters), e);
    } finally {
      waiting.remove(id);
    }
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
    message.append(part);
    if (last) {
      String text = message.toString();
      message.setLength(0);
      received(text);
    }
    from.request(1);
    return CompletableFuture.completedStage(null);
  }

  private void received(String text) {
    JsonNode node;
    try {
      node = MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not JSON from the browser: " + text, e);
    }
    if (node.has("id")) {
      CompletableFuture<JsonNode> answer = waiting.get(node.get("id").asInt());
      if (answer != null) {
        answer.complete(node);
      }
    } else {
      events.accept(node.path("method").asText(), node.path("params"));
    }
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
    fail(
        new IllegalStateException(
            "the browser closed the connection: %d %s".formatted(status, reason)));
    return CompletableFuture.completedStage(null);
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    fail(error);
  }

  private void fail(Throwable why) {
    waiting.values().forEach(answer -> answer.completeExceptionally(why));
  }

  @Override
  public void close() {
    socket.abort();
    client.close();
  }
}
