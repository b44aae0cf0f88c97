package thalweg.lab.data.text;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import thalweg.torch.Features;
import thalweg.torch.Samples;
import thalweg.torch.Targets;

/**
 * A stretch of a text cut into windows side by side; what is asked at each character is the next.
 *
 * @param length characters of a window
 */
public record TextWindows(Corpus.Part part, int length) implements Features {
  /** Windows and what comes next at each of their characters. */
  public static Samples samples(Corpus.Part part, int length, int characters) {
    var windows = new TextWindows(part, length);
    return new Samples(
        windows,
        new Targets.Tokens(
            (row, step) -> part.at(row * length + step + 1), windows.rows(), length, characters));
  }

  /** Whole windows whose last character has a next one. */
  @Override
  public int rows() {
    return Math.max(0, (part.length() - 1) / length);
  }

  @Override
  public int columns() {
    return length;
  }

  @Override
  public void read(int row, int epoch, MemorySegment into, long at) {
    for (int i = 0; i < length; i++) {
      into.set(
          ValueLayout.JAVA_FLOAT_UNALIGNED, at + (long) i * Float.BYTES, part.at(row * length + i));
    }
  }
}
