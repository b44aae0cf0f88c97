package thalweg.execute;

import thalweg.memory.Buffer;

/**
 * Draws {@link Noise} for many elements, with the same bits and in less time: most of it in loops
 * without branches, which the JIT makes vectors of. Scratch memory of one thread.
 */
final class NoiseBlock {
  private static final int BLOCK = 1024;

  private final long[] strides = new long[BLOCK]; // the JIT makes no vectors of their products
  private final double[] uniforms = new double[BLOCK];
  private final float[] normals = new float[BLOCK];
  private final int[] tails = new int[BLOCK];

  NoiseBlock() {
    for (int i = 0; i < BLOCK; i++) {
      strides[i] = i * Noise.STRIDE;
    }
  }

  /** Writes the numbers of elements {@code [from, from + count)} to the same place of a buffer. */
  void fill(Buffer into, long key, long from, long count) {
    for (long start = 0; start < count; start += BLOCK) {
      int n = (int) Math.min(BLOCK, count - start);
      draw(Noise.counter(key, from + start), n);
      into.write(from + start, normals, n);
    }
  }

  private void draw(long counter, int count) {
    drawUniforms(strides, counter, uniforms, count);
    takeMiddles(uniforms, normals, count);
    int far = findTails(uniforms, tails, count);
    for (int j = 0; j < far; j++) {
      normals[tails[j]] = (float) NormalQuantile.tail(uniforms[tails[j]]);
    }
  }

  private static void drawUniforms(long[] strides, long counter, double[] uniforms, int count) {
    for (int i = 0; i < count; i++) {
      uniforms[i] = Noise.uniform(counter + strides[i]);
    }
  }

  private static void takeMiddles(double[] uniforms, float[] normals, int count) {
    for (int i = 0; i < count; i++) {
      normals[i] = (float) NormalQuantile.middle(uniforms[i]);
    }
  }

  /** Lists which are in the tails, about 15 of 100; no branch, since none could be foretold. */
  private static int findTails(double[] uniforms, int[] tails, int count) {
    int found = 0;
    for (int i = 0; i < count; i++) {
      tails[found] = i;
      double inside = NormalQuantile.MIDDLE - Math.abs(uniforms[i] - 0.5);
      found += (int) (Double.doubleToRawLongBits(inside) >>> 63);
    }
    return found;
  }
}
