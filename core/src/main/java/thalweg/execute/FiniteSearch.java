package thalweg.execute;

import java.util.Arrays;
import thalweg.memory.Buffer;

/**
 * Looks through buffers for a number that is infinite or NaN: reads each once, as far as the first,
 * and writes nothing. The threads of a step share it out. Used again, it allocates nothing.
 */
public final class FiniteSearch implements Workers.Job {
  private static final int CHUNK = 1 << 18;

  private final Workers workers;
  private Buffer[] buffers = new Buffer[0];
  private long[] ends = new long[0]; // of each buffer, in elements of all
  private int count;
  private volatile boolean found;

  public FiniteSearch(Workers workers) {
    this.workers = workers;
  }

  /** Forgets all buffers. */
  public void clear() {
    Arrays.fill(buffers, 0, count, null);
    count = 0;
  }

  /**
   * Adds the first elements of a buffer.
   *
   * @param length how many
   */
  public void add(Buffer buffer, long length) {
    if (count == buffers.length) {
      int room = Math.max(16, 2 * count);
      buffers = Arrays.copyOf(buffers, room);
      ends = Arrays.copyOf(ends, room);
    }
    buffers[count] = buffer;
    ends[count] = (count == 0 ? 0 : ends[count - 1]) + length;
    count++;
  }

  /** Whether all elements of all buffers are finite. */
  public boolean isFinite() {
    found = false;
    long elements = count == 0 ? 0 : ends[count - 1];
    workers.run(this, Math.toIntExact(Math.ceilDiv(elements, CHUNK)));
    return !found;
  }

  @Override
  public void run(int task, Workspace workspace) {
    long from = (long) task * CHUNK;
    long to = Math.min(from + CHUNK, ends[count - 1]);
    int place = Arrays.binarySearch(ends, 0, count, from + 1);
    for (int i = place < 0 ? -place - 1 : place; from < to; i++) {
      long start = i == 0 ? 0 : ends[i - 1];
      long end = Math.min(to, ends[i]);
      for (long at = from; at < end && !found; at += Reductions.BLOCK) {
        int n = (int) Math.min(Reductions.BLOCK, end - at);
        if (!buffers[i].isFinite(at - start, n, workspace.ints())) {
          found = true;
        }
      }
      from = Math.max(from, end);
    }
  }
}
