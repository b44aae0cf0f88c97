package thalweg.execute;

import org.jspecify.annotations.Nullable;
import thalweg.memory.Buffer;
import thalweg.memory.NumberType;

/** Scratch memory of one thread. It grows to the largest need seen and is then reused. */
public final class Workspace {
  private float[][] registers = new float[0][];
  private Buffer spill = Buffer.allocate(0, NumberType.FLOAT32);
  private final float[] lanes = new float[Reductions.LANES];
  private float[] scalars = new float[0];
  private final float[] floats = new float[Reductions.BLOCK];
  private final short[] halves = new short[Reductions.BLOCK];
  private final int[] ints = new int[Reductions.BLOCK];
  private @Nullable NoiseBlock noise;

  /** At least {@code count} arrays of {@link Reductions#BLOCK} floats, contents unspecified. */
  public float[][] registers(int count) {
    if (registers.length < count) {
      float[][] grown = new float[count][];
      for (int i = 0; i < count; i++) {
        grown[i] = i < registers.length ? registers[i] : new float[Reductions.BLOCK];
      }
      registers = grown;
    }
    return registers;
  }

  /** Native memory of at least {@code length} floats, contents unspecified. */
  public Buffer spill(long length) {
    if (spill.length() < length) {
      spill = Buffer.allocate(length, NumberType.FLOAT32);
    }
    return spill;
  }

  /** One float for each lane of a reduction, contents unspecified. */
  public float[] lanes() {
    return lanes;
  }

  /** At least {@code count} floats for the scalars of a strip, contents unspecified. */
  public float[] scalars(int count) {
    if (scalars.length < count) {
      scalars = new float[count];
    }
    return scalars;
  }

  /** A block of floats, contents unspecified. */
  public float[] floats() {
    return floats;
  }

  /** A block of 16-bit numbers, contents unspecified. */
  public short[] halves() {
    return halves;
  }

  /** A block of bits of numbers, contents unspecified. */
  public int[] ints() {
    return ints;
  }

  /** What draws noise. */
  NoiseBlock noise() {
    NoiseBlock block = noise;
    if (block == null) {
      block = new NoiseBlock();
      noise = block;
    }
    return block;
  }
}
