package thalweg.lab.data.files;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import thalweg.lab.BadInput;

/**
 * A file of the IDX format, of unsigned bytes: the magic number 0, 0, 8, rank; each size as 4
 * bytes, most significant first; then the numbers, the last dimension changing fastest.
 *
 * @param start where the numbers begin, in bytes
 */
@SuppressWarnings("ArrayRecordComponent") // a shape, never compared
record IdxFile(FileBytes bytes, int[] shape, int start) {
  private static final int UNSIGNED_BYTE = 0x08;

  /** The two files of one part. */
  record Pair(Path images, Path labels) {}

  /** Images, {@code [count, height, width]}. */
  static IdxFile images(Path file) {
    return read(file, 3, "images");
  }

  /** Labels, {@code [count]}. */
  static IdxFile labels(Path file) {
    return read(file, 1, "labels");
  }

  /**
   * Finds {@code train-images-idx3-ubyte} and {@code train-labels-idx1-ubyte}, or those of another
   * part, with a point for the second dash and with .gz too.
   */
  static Optional<Pair> find(Path folder, String part) {
    Optional<Path> images = first(folder, names(part + "-images", "idx3-ubyte"));
    Optional<Path> labels = first(folder, names(part + "-labels", "idx1-ubyte"));
    if (images.isPresent() && labels.isEmpty()) {
      throw new BadInput(
          "%s has images without their labels: %s is missing"
              .formatted(images.get(), folder.resolve(part + "-labels-idx1-ubyte")));
    }
    if (labels.isPresent() && images.isEmpty()) {
      throw new BadInput(
          "%s has labels without their images: %s is missing"
              .formatted(labels.get(), folder.resolve(part + "-images-idx3-ubyte")));
    }
    return images.map(i -> new Pair(i, labels.orElseThrow()));
  }

  private static List<String> names(String stem, String kind) {
    return List.of(
        stem + "-" + kind, stem + "-" + kind + ".gz", stem + "." + kind, stem + "." + kind + ".gz");
  }

  private static Optional<Path> first(Path folder, List<String> names) {
    return names.stream().map(folder::resolve).filter(Files::isRegularFile).findFirst();
  }

  private static IdxFile read(Path file, int rank, String what) {
    FileBytes bytes = FileBytes.open(file);
    if (bytes.size() < 4 || bytes.at(0) != 0 || bytes.at(1) != 0 || type(bytes.at(2)).isEmpty()) {
      throw new BadInput(
          "%s: not an IDX file of %s: it looks like %s; give the file as it was published"
              .formatted(file, what, looks(bytes)));
    }
    if (bytes.at(2) != UNSIGNED_BYTE) {
      throw new BadInput(
          "%s: an IDX file of %s; only unsigned bytes (type 0x08) are read: convert it"
              .formatted(file, type(bytes.at(2)).orElseThrow()));
    }
    if (bytes.at(3) != rank) {
      throw new BadInput(
          "%s: an IDX file of %d dimensions, %s have %d; are images and labels swapped?"
              .formatted(file, bytes.at(3), what, rank));
    }
    int start = 4 + 4 * rank;
    int[] shape = new int[rank];
    long expected = 1;
    for (int d = 0; d < rank && bytes.size() >= start; d++) {
      long size = 0;
      for (int b = 0; b < 4; b++) {
        size = size << 8 | bytes.at(4 + 4L * d + b);
      }
      if (size == 0 || size > Integer.MAX_VALUE) {
        throw new BadInput(
            "%s: dimension %d has size %d, expected at least 1; the header is damaged: give the file as it was published"
                .formatted(file, d + 1, size));
      }
      shape[d] = (int) size;
      expected = Math.multiplyExact(expected, size);
    }
    if (bytes.size() != start + expected || bytes.size() < start) {
      throw new BadInput(
          "%s: %s; it was cut short or damaged: download it again"
              .formatted(
                  file,
                  bytes.size() < start
                      ? "%d bytes, a header has %d".formatted(bytes.size(), start)
                      : "%d bytes, its header %s needs %d"
                          .formatted(bytes.size(), sizes(shape), start + expected)));
    }
    return new IdxFile(bytes, shape, start);
  }

  private static String looks(FileBytes bytes) {
    String kind = bytes.kind();
    return kind.equals("empty") ? "an empty file" : kind;
  }

  private static String sizes(int[] shape) {
    return Arrays.stream(shape)
        .mapToObj(String::valueOf)
        .collect(Collectors.joining(" x ", "[", "]"));
  }

  private static Optional<String> type(int code) {
    return switch (code) {
      case UNSIGNED_BYTE -> Optional.of("unsigned bytes");
      case 0x09 -> Optional.of("signed bytes (type 0x09)");
      case 0x0B -> Optional.of("shorts (type 0x0B)");
      case 0x0C -> Optional.of("ints (type 0x0C)");
      case 0x0D -> Optional.of("floats (type 0x0D)");
      case 0x0E -> Optional.of("doubles (type 0x0E)");
      default -> Optional.empty();
    };
  }

  /** Numbers of one element of the first dimension. */
  int stride() {
    int stride = 1;
    for (int d = 1; d < shape.length; d++) {
      stride = Math.multiplyExact(stride, shape[d]);
    }
    return stride;
  }

  int count() {
    return shape[0];
  }
}
