package thalweg.kernels.vector;

import java.lang.foreign.MemorySegment;
import thalweg.execute.Workspace;
import thalweg.memory.Buffer;

/**
 * How the elements of one buffer come into scratch memory as float32, block by block, and back: the
 * way of everything that a kernel cannot work on in place. The copies stay in the cache, so a pass
 * is still one trip over memory.
 *
 * <p>Every form gives the bits that {@link Buffer#read} and {@link Buffer#write} give.
 */
interface Stage {
  /**
   * Brings elements {@code [from, from + count)} to byte {@code at} of scratch memory.
   *
   * @param count at most one block
   */
  void fetch(long from, int count, MemorySegment scratch, long at, Workspace workspace);

  /** Takes them back from there. */
  void put(long from, int count, MemorySegment scratch, long at, Workspace workspace);

  static Stage of(Buffer buffer) {
    Buffer mirror = buffer.mirror();
    if (mirror != null) {
      return new MasterStage(buffer.segment(), of(mirror));
    }
    return switch (buffer.type()) {
      case FLOAT32 -> new PlainStage(buffer.segment());
      case BFLOAT16 -> BFloat16Stage.of(buffer);
      case FLOAT16 -> new Float16Stage(buffer.segment());
      case FLOAT8 -> new Float8Stage(buffer);
      case FLOAT64 -> throw new IllegalArgumentException("no stage for " + buffer);
    };
  }
}
