package thalweg.lab.serve.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The streams that are being written: not too many, and none to a reader that does not read. */
final class Streams implements AutoCloseable {
  private static final long LOOK_MILLIS = 500;

  private final Semaphore free;
  private final int most;
  private final long slowNanos;
  private final Set<TextStream> open = ConcurrentHashMap.newKeySet();
  private final Thread watch;

  Streams(Limits limits) {
    most = limits.streams();
    free = new Semaphore(most);
    slowNanos = TimeUnit.MILLISECONDS.toNanos(limits.slowMillis());
    watch = Thread.ofVirtual().name("cut off slow readers").start(this::watch);
  }

  /** Begins an answer that goes on. */
  interface Beginning {
    HttpExchange begin() throws IOException;
  }

  TextStream open(Beginning beginning) throws IOException {
    if (!free.tryAcquire()) {
      throw new Refusal(
          429, "%d answers are being written already; close a page and try again".formatted(most));
    }
    try {
      TextStream stream = new TextStream(beginning.begin(), this);
      open.add(stream);
      return stream;
    } catch (IOException | RuntimeException e) {
      free.release();
      throw e;
    }
  }

  void closed(TextStream stream) {
    if (open.remove(stream)) {
      free.release();
    }
  }

  private void watch() {
    try {
      while (true) {
        Thread.sleep(LOOK_MILLIS);
        open.forEach(stream -> stream.cutIfSlow(slowNanos));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // the server ends
    }
  }

  @Override
  public void close() {
    watch.interrupt();
    open.forEach(TextStream::cut);
  }
}
