package thalweg.lab.data.text;

import java.io.IOException;
import java.io.Reader;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import thalweg.lab.BadInput;
import thalweg.lab.data.files.Scratch;

/**
 * A text as numbers, one a character, and its three contiguous parts: what comes first trains, what
 * follows validates, the rest tests.
 *
 * @param bytes how many bytes of UTF-8 were read
 */
public record Corpus(Characters characters, Part train, Part validation, Part test, long bytes) {
  private static final int MOST_CHARACTERS = 1 << 15;

  /**
   * A stretch of the text.
   *
   * @param from its first character
   * @param length in characters
   * @param known numbers below it are known characters, all others are one
   */
  public record Part(MemorySegment numbers, int from, int length, int known) {
    /** The number of a character. */
    public int at(int index) {
      int number =
          numbers.get(ValueLayout.JAVA_CHAR_UNALIGNED, ((long) from + index) * Character.BYTES);
      return Math.min(number, known);
    }
  }

  /**
   * Reads a text in one go; characters may be more than the memory holds.
   *
   * @param most bytes to read at most; 0 for all
   * @param validation share of the characters, in (0, 1)
   * @param test share of the characters, in [0, 1)
   */
  public static Corpus read(Path file, long most, double validation, double test) {
    try (TextSource source = TextSource.open(file, most)) {
      MemorySegment numbers = Scratch.of(Character.BYTES * Math.max(1, source.mostBytes()));
      Map<Integer, Integer> seen = new HashMap<>();
      int[] order = new int[MOST_CHARACTERS];
      int[] firstAt = new int[MOST_CHARACTERS];
      int length = 0;
      Reader reader = source.reader();
      for (int c = next(reader); c >= 0; c = next(reader)) {
        Integer number = seen.get(c);
        if (number == null) {
          number = seen.size();
          if (number == MOST_CHARACTERS) {
            throw new BadInput(
                "%s has over %d different characters; is it a plain text?"
                    .formatted(file, MOST_CHARACTERS));
          }
          seen.put(c, number);
          order[number] = c;
          firstAt[number] = length;
        }
        numbers.set(
            ValueLayout.JAVA_CHAR_UNALIGNED,
            (long) length * Character.BYTES,
            (char) number.intValue());
        length = Math.incrementExact(length);
      }
      if (length == 0) {
        throw new BadInput("%s is empty; give a text".formatted(file));
      }
      int tests = (int) (length * test);
      int validates = (int) (length * validation);
      int trains = length - validates - tests;
      int known = 0;
      while (known < seen.size() && firstAt[known] < trains) {
        known++;
      }
      return new Corpus(
          new Characters(Arrays.copyOf(order, known)),
          new Part(numbers, 0, trains, known),
          new Part(numbers, trains, validates, known),
          new Part(numbers, trains + validates, tests, known),
          source.bytesRead());
    } catch (IOException e) {
      throw TextSource.unreadable(file, e);
    }
  }

  /** The next code point, -1 at the end. */
  private static int next(Reader reader) throws IOException {
    int first = reader.read();
    if (first >= 0 && Character.isHighSurrogate((char) first)) {
      return Character.toCodePoint((char) first, (char) reader.read());
    }
    return first;
  }

  /** How many characters it has. */
  public int length() {
    return train.length() + validation.length() + test.length();
  }
}
