package thalweg.lab.serve.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Paths and who answers them, over HTTP. Every request passes the {@link Guard}, none has a body,
 * and an error is JSON of one line.
 */
public final class Site implements AutoCloseable {
  private static final int LONGEST_MESSAGE = 300;
  private static final int REQUEST_SECONDS = 5;

  /**
   * A connection costs little, as its thread is a virtual one: many that are never finished leave
   * room for others.
   */
  private static final int MOST_CONNECTIONS = 1000;

  private record Route(String method, List<String> parts, Handler handler) {}

  private final List<Route> routes = new ArrayList<>();
  private final Assets assets;
  private final Guard guard;
  private final Rate rate;
  private final Streams streams;
  private final Function<RuntimeException, Optional<String>> badInput;
  private final ExecutorService threads;
  private @Nullable HttpServer server;

  /**
   * @param badInput the line to say where an exception means that the request was wrong
   */
  public Site(
      Assets assets,
      Guard guard,
      Limits limits,
      Function<RuntimeException, Optional<String>> badInput) {
    this.assets = assets;
    this.guard = guard;
    this.badInput = badInput;
    rate = new Rate(limits.requestsPerSecond(), limits.burst(), System::nanoTime);
    streams = new Streams(limits);
    threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("http-", 0).factory());
    // The JDK reads these once, when its first server starts.
    System.setProperty("sun.net.httpserver.nodelay", "true"); // else small answers wait 40 ms
    System.setProperty("sun.net.httpserver.maxReqTime", Integer.toString(REQUEST_SECONDS));
    System.setProperty("sun.net.httpserver.maxReqHeaderSize", "32768");
    System.setProperty("sun.net.httpserver.maxReqHeaders", "100");
    System.setProperty("jdk.httpserver.maxConnections", Integer.toString(MOST_CONNECTIONS));
  }

  /**
   * Adds a path.
   *
   * @param method GET or POST
   * @param path with a star for each part that may be anything, as {@code /api/runs/*}
   */
  public Site on(String method, String path, Handler handler) {
    routes.add(new Route(method, parts(path), handler));
    return this;
  }

  /**
   * Begins to answer.
   *
   * @return the address that is bound, with the port that was free where it was 0
   * @throws IOException if it cannot be bound
   */
  public InetSocketAddress start(InetSocketAddress address) throws IOException {
    HttpServer bound = HttpServer.create(address, 0);
    bound.createContext("/", this::answer);
    bound.setExecutor(threads);
    bound.start();
    server = bound;
    return bound.getAddress();
  }

  private void answer(HttpExchange exchange) {
    try (exchange) {
      try {
        dispatch(exchange);
      } catch (Refusal e) {
        refuse(exchange, e.status(), e.getMessage());
      } catch (FileSystemException e) {
        refuse(exchange, e instanceof NoSuchFileException ? 404 : 500, "cannot read " + told(e));
      } catch (RuntimeException e) {
        Optional<String> line = badInput.apply(e);
        refuse(exchange, line.isPresent() ? 400 : 500, line.orElseGet(() -> bug(e)));
      }
    } catch (IOException _) {
      return; // the reader has gone
    }
  }

  private static void refuse(HttpExchange exchange, int status, @Nullable String line)
      throws IOException {
    if (exchange.getResponseCode() < 0) {
      Call.refuse(exchange, status, line);
    }
  }

  private static String told(FileSystemException e) {
    String why = e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
    return "%s: %s; look who may read it".formatted(e.getFile(), why);
  }

  private static String bug(RuntimeException e) {
    String line =
        "this is a bug in Thalweg (%s: %s); report it".formatted(e.getClass(), e.getMessage());
    return line.substring(0, Math.min(line.length(), LONGEST_MESSAGE));
  }

  private void dispatch(HttpExchange exchange) throws IOException {
    guard.check(exchange);
    if (!rate.take()) {
      throw new Refusal(429, "too many requests at once; wait a second");
    }
    String method = exchange.getRequestMethod();
    if (!method.equals("GET") && !method.equals("POST")) {
      throw new Refusal(405, "%s is not answered, only GET and POST".formatted(method));
    }
    if (exchange.getRequestBody().read() >= 0) {
      throw new Refusal(413, "requests have no body here; this one has");
    }
    Call call = new Call(exchange, streams);
    String path = exchange.getRequestURI().getRawPath();
    if (method.equals("GET") && assets.answer(call, path)) {
      return;
    }
    route(call, method, parts(path));
  }

  private void route(Call call, String method, List<String> asked) throws IOException {
    boolean otherMethod = false;
    for (Route route : routes) {
      @Nullable List<String> names = names(route.parts, asked);
      if (names != null && route.method.equals(method)) {
        route.handler.answer(call, names);
        return;
      }
      otherMethod |= names != null;
    }
    throw otherMethod
        ? new Refusal(405, "that is not answered to %s".formatted(method))
        : new Refusal(404, "there is nothing here; begin at / or at /runs");
  }

  private static List<String> parts(String path) {
    return Arrays.asList(path.split("/", -1));
  }

  /** What stands in the places of the stars; null if the path is another. */
  private static @Nullable List<String> names(List<String> parts, List<String> asked) {
    if (parts.size() != asked.size()) {
      return null;
    }
    List<String> names = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i).equals("*")) {
        // A path's plus sign is itself.
        names.add(URLDecoder.decode(asked.get(i).replace("+", "%2B"), StandardCharsets.UTF_8));
      } else if (!parts.get(i).equals(asked.get(i))) {
        return null;
      }
    }
    return names;
  }

  @Override
  public void close() {
    streams.close();
    if (server != null) {
      server.stop(0);
    }
    threads.shutdownNow();
  }
}
