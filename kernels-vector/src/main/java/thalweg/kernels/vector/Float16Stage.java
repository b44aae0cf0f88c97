package thalweg.kernels.vector;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import thalweg.execute.Workspace;

/** IEEE binary16. Over arrays, where the JIT has vector instructions for the conversion. */
record Float16Stage(MemorySegment halves) implements Stage {
  @Override
  public void fetch(long from, int count, MemorySegment scratch, long at, Workspace workspace) {
    short[] bits = workspace.halves();
    float[] floats = workspace.floats();
    MemorySegment.copy(halves, JAVA_SHORT_UNALIGNED, from * Short.BYTES, bits, 0, count);
    for (int i = 0; i < count; i++) {
      floats[i] = Float.float16ToFloat(bits[i]);
    }
    MemorySegment.copy(floats, 0, scratch, JAVA_FLOAT_UNALIGNED, at, count);
  }

  @Override
  public void put(long from, int count, MemorySegment scratch, long at, Workspace workspace) {
    short[] bits = workspace.halves();
    float[] floats = workspace.floats();
    MemorySegment.copy(scratch, JAVA_FLOAT_UNALIGNED, at, floats, 0, count);
    for (int i = 0; i < count; i++) {
      bits[i] = Float.floatToFloat16(floats[i]);
    }
    MemorySegment.copy(bits, 0, halves, JAVA_SHORT_UNALIGNED, from * Short.BYTES, count);
  }
}
