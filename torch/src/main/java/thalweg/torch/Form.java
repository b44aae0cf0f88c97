package thalweg.torch;

/** What the columns of a sample mean to a network. */
public sealed interface Form {
  /** Numbers of one sample. */
  int columns();

  /** Numbers without an order. */
  record Table(int columns) implements Form {
    public Table {
      positive("Table.columns", columns);
    }
  }

  /** A picture, {@code [channels, height, width]}. */
  record Image(int channels, int height, int width) implements Form {
    public Image {
      positive("Image.channels", channels);
      positive("Image.height", height);
      positive("Image.width", width);
    }

    @Override
    public int columns() {
      return channels * height * width;
    }
  }

  /** Steps in time, {@code [steps, features]}. */
  record Sequence(int steps, int features) implements Form {
    public Sequence {
      positive("Sequence.steps", steps);
      positive("Sequence.features", features);
    }

    @Override
    public int columns() {
      return steps * features;
    }
  }

  /**
   * Tokens, {@code [length]}: whole numbers in [0, vocabulary), as floats. A network answers each
   * with what it expects next.
   */
  record Text(int length, int vocabulary) implements Form {
    public Text {
      positive("Text.length", length);
      positive("Text.vocabulary", vocabulary);
    }

    @Override
    public int columns() {
      return length;
    }
  }

  /**
   * The numbers of a large, mostly empty vector: first the places of up to so many, {@code
   * [entries]}, whole numbers in [0, vocabulary) as floats, then their values, {@code [entries]}.
   * An unused entry has place 0 and value 0.
   *
   * @param vocabulary length of the vector, at most 2^24, up to which floats count exactly
   */
  record Sparse(int entries, int vocabulary) implements Form {
    public Sparse {
      positive("Sparse.entries", entries);
      positive("Sparse.vocabulary", vocabulary);
      if (vocabulary > 1 << 24) {
        throw new IllegalArgumentException(
            "Sparse.vocabulary must be <= 16777216, got " + vocabulary);
      }
    }

    @Override
    public int columns() {
      return 2 * entries;
    }
  }

  private static void positive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException("%s must be >= 1, got %d".formatted(name, value));
    }
  }
}
