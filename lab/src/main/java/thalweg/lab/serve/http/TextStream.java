package thalweg.lab.serve.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * An answer that comes in pieces, each sent at once. A reader that does not take a piece within the
 * server's time is cut off. Used by one thread; close it.
 */
public final class TextStream implements AutoCloseable {
  private static final long NOT_WRITING = 0;

  private final HttpExchange exchange;
  private final OutputStream out;
  private final Streams streams;
  private volatile @Nullable Thread writer;
  private volatile long writingSince = NOT_WRITING;

  TextStream(HttpExchange exchange, Streams streams) {
    this.exchange = exchange;
    this.streams = streams;
    out = exchange.getResponseBody();
  }

  /**
   * Sends a piece.
   *
   * @throws IOException if the reader has gone, or was cut off
   */
  public void send(String piece) throws IOException {
    writingSince = System.nanoTime() | 1;
    writer = Thread.currentThread();
    try {
      out.write(piece.getBytes(StandardCharsets.UTF_8));
      out.flush();
    } finally {
      writer = null;
      writingSince = NOT_WRITING;
    }
  }

  /** Sends an event of {@code text/event-stream}; the data are one line. */
  public void event(String name, String data) throws IOException {
    send("event: " + name + "\ndata: " + data + "\n\n");
  }

  /** Cuts it off if a piece has been under way for so long. */
  void cutIfSlow(long nanos) {
    long since = writingSince;
    if (since != NOT_WRITING && System.nanoTime() - since > nanos) {
      cut();
    }
  }

  /** Ends a piece that is under way: who is interrupted in writing loses the connection. */
  void cut() {
    @Nullable Thread blocked = writer;
    if (blocked != null) {
      blocked.interrupt();
    }
  }

  @Override
  public void close() {
    streams.closed(this);
    exchange.close();
  }
}
