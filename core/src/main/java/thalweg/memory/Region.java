package thalweg.memory;

import java.lang.foreign.Arena;
import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Native memory that is given back together: when the region is closed, or when neither it nor any
 * buffer from it is reachable any more. After closing, none of its buffers may be touched.
 */
public final class Region implements AutoCloseable {
  private static final Cleaner CLEANER = Cleaner.create();

  private final Arena arena = Arena.ofShared();
  private final Cleaner.Cleanable cleanable = CLEANER.register(this, arena::close);
  private final AtomicLong bytes = new AtomicLong();

  public Region() {}

  /** Fresh zeroed memory. */
  public Buffer allocate(long length, NumberType type) {
    Buffer buffer = Buffer.allocate(length, type, arena, this);
    bytes.addAndGet(held(buffer));
    return buffer;
  }

  private static long held(Buffer buffer) {
    Buffer scales = buffer.scales();
    return buffer.segment().byteSize() + (scales == null ? 0 : held(scales));
  }

  /** Bytes of all buffers handed out so far; none is given back before the region is. */
  public long bytes() {
    return bytes.get();
  }

  /** Gives everything back; a second time does nothing. */
  @Override
  public void close() {
    cleanable.clean();
  }
}
