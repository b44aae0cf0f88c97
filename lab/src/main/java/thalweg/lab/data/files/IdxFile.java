package thalweg.lab.data.files;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import thalweg.lab.BadInput;
import thalweg.text.NumberText;

/**
 * A file of the IDX format: the magic number 0, 0, type, rank; each size as 4 bytes, most
 * significant first; then the numbers, the last dimension changing fastest.
 *
 * @param type of the numbers
 * @param start where the numbers begin, in bytes
 */
@SuppressWarnings("ArrayRecordComponent") // a shape, never compared
record IdxFile(FileBytes bytes, IdxType type, int[] shape, int start) {
  private static final int MOST_CLASSES = 1000;

  /** The two files of one part. */
  record Pair(Path images, Path labels) {}

  /** Images, {@code [count, height, width]}. */
  static IdxFile images(Path file) {
    IdxFile images = read(file, 3, "images");
    if (images.type == IdxType.FLOAT || images.type == IdxType.DOUBLE) {
      images.checkFinite();
    }
    return images;
  }

  /** Labels, {@code [count]}. */
  static IdxFile labels(Path file) {
    return read(file, 1, "labels");
  }

  /**
   * Finds {@code train-images-idx3-ubyte} and {@code train-labels-idx1-ubyte}, or those of another
   * part or type, with a point for the second dash and with .gz too.
   */
  static Optional<Pair> find(Path folder, String part) {
    Optional<Path> images = first(folder, names(part + "-images", "idx3-"));
    Optional<Path> labels = first(folder, names(part + "-labels", "idx1-"));
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
    return Stream.of(IdxType.values())
        .map(type -> kind + type.word())
        .flatMap(end -> Stream.of("-" + end, "-" + end + ".gz", "." + end, "." + end + ".gz"))
        .map(stem::concat)
        .toList();
  }

  private static Optional<Path> first(Path folder, List<String> names) {
    return names.stream().map(folder::resolve).filter(Files::isRegularFile).findFirst();
  }

  private static IdxFile read(Path file, int rank, String what) {
    FileBytes bytes = FileBytes.open(file);
    Optional<IdxType> type = bytes.size() < 4 ? Optional.empty() : IdxType.of(bytes.at(2));
    if (type.isEmpty() || bytes.at(0) != 0 || bytes.at(1) != 0) {
      throw new BadInput(
          "%s: not an IDX file of %s: it looks like %s; give the file as it was published"
              .formatted(file, what, looks(bytes)));
    }
    if (bytes.at(3) != rank) {
      throw new BadInput(
          "%s: an IDX file of %d dimensions, %s have %d; are images and labels swapped?"
              .formatted(file, bytes.at(3), what, rank));
    }
    int start = 4 + 4 * rank;
    int[] shape = new int[rank];
    long expected = type.get().bytes();
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
      expected = Math.min(expected, Long.MAX_VALUE / 2 / size) * size; // no file is as long
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
    return new IdxFile(bytes, type.get(), shape, start);
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

  /** A number by its place among all. */
  double number(long index) {
    return type.at(bytes.bytes(), start + index * type.bytes());
  }

  /**
   * The classes of a file of labels.
   *
   * @throws BadInput for one that is no whole number from 0 on
   */
  int[] classes() {
    int[] classes = new int[count()];
    for (int row = 0; row < classes.length; row++) {
      double label = number(row);
      if (!(label >= 0 && label < MOST_CLASSES && label == Math.rint(label))) {
        throw new BadInput(
            "%s: label %s of record %d is no whole number from 0 to %d; labels are classes, counted from 0"
                .formatted(bytes.file(), NumberText.of(label), row + 1, MOST_CLASSES - 1));
      }
      classes[row] = (int) label;
    }
    return classes;
  }

  private void checkFinite() {
    int stride = stride();
    for (long i = 0; i < (long) count() * stride; i++) {
      if (!(Math.abs(number(i)) <= Float.MAX_VALUE)) {
        throw new BadInput(
            "%s: record %d holds %s, no finite number within float32 (3.4e38); correct it"
                .formatted(bytes.file(), i / stride + 1, number(i)));
      }
    }
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
