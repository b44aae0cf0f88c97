package thalweg.torch.nets;

import java.util.List;

/** Sizes of layers as records keep them. */
final class Sizes {
  private Sizes() {}

  /** The sizes, each of which must be a positive int. */
  static List<Long> of(String name, List<Long> sizes) {
    for (long size : sizes) {
      if (size < 1 || size > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "%s must each be in [1, %d], got %d".formatted(name, Integer.MAX_VALUE, size));
      }
    }
    return List.copyOf(sizes);
  }
}
