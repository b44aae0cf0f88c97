package thalweg.kernels.vector;

import java.util.List;
import thalweg.execute.Reductions;
import thalweg.memory.Float8;
import thalweg.plan.Pass;

/**
 * Where a kernel finds things in scratch memory: lanes of reductions first, then one region of a
 * block for each staged buffer, one for each packed one, then one for each spilled value.
 *
 * @param reductions number of reductions
 * @param staged positions of the buffers that are copied in and out
 * @param packed positions of the 8-bit buffers that the kernel decodes and encodes itself
 * @param spills number of values that cross from one part of the kernel to another
 * @param blocked whether a kernel call covers one block; else it covers a whole chunk at once
 */
record Layout(
    int reductions, List<Integer> staged, List<Integer> packed, int spills, boolean blocked) {
  /** Elements of one kernel call where the layout is blocked. */
  static final int BLOCK = Reductions.BLOCK;

  /**
   * Bytes from one region to the next. A little more than a block, as a precaution: at regions
   * exactly 4096 bytes apart some processors take a load for dependent on an unrelated store.
   */
  private static final int STRIDE_BYTES = BLOCK * Float.BYTES + 256;

  private static final int PACK_BYTES = Float8.BLOCK * Float.BYTES + 128;

  private static final int LANES_BYTES = Reductions.LANES * Float.BYTES;

  static Layout of(Pass pass, List<Integer> staged, List<Integer> packed, Split split) {
    int reductions = pass.reductions().size();
    boolean blocked =
        pass.strips()
            || reductions > 0
            || !staged.isEmpty()
            || !packed.isEmpty()
            || split.parts().size() > 1;
    return new Layout(
        reductions, List.copyOf(staged), List.copyOf(packed), split.spills(), blocked);
  }

  /** Where the lanes of reduction {@code slot} begin, in bytes. */
  int lanes(int slot) {
    return slot * LANES_BYTES;
  }

  /** Whether buffer {@code buffer} is staged. */
  boolean isStaged(int buffer) {
    return staged.contains(buffer);
  }

  /** Where the region of staged buffer {@code buffer} begins, in bytes. */
  int stage(int buffer) {
    return lanes(reductions) + staged.indexOf(buffer) * STRIDE_BYTES;
  }

  /** Where the new floats of a block of packed buffer {@code buffer} wait, in bytes. */
  int pack(int buffer) {
    return lanes(reductions) + staged.size() * STRIDE_BYTES + packed.indexOf(buffer) * PACK_BYTES;
  }

  /** Whether buffer {@code buffer} is packed. */
  boolean isPacked(int buffer) {
    return packed.contains(buffer);
  }

  /** Where the region of spilled value {@code slot} begins, in bytes. */
  int spill(int slot) {
    return lanes(reductions) + (staged.size() + slot) * STRIDE_BYTES + packed.size() * PACK_BYTES;
  }

  /** Scratch memory needed, in floats. */
  long floats() {
    return spill(spills) / Float.BYTES;
  }
}
