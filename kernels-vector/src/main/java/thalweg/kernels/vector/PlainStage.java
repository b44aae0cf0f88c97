package thalweg.kernels.vector;

import java.lang.foreign.MemorySegment;
import thalweg.execute.Workspace;

/** Floats as they are: a Java array. */
record PlainStage(MemorySegment floats) implements Stage {
  @Override
  public void fetch(long from, int count, MemorySegment scratch, long at, Workspace workspace) {
    MemorySegment.copy(floats, from * Float.BYTES, scratch, at, (long) count * Float.BYTES);
  }

  @Override
  public void put(long from, int count, MemorySegment scratch, long at, Workspace workspace) {
    MemorySegment.copy(scratch, at, floats, from * Float.BYTES, (long) count * Float.BYTES);
  }
}
