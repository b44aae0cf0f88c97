package thalweg.lab.data.files;

import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import thalweg.lab.BadInput;
import thalweg.torch.Form;

/**
 * The pictures of a folder: those to train with, and those to test with where the folder has them.
 *
 * @param classes the classes' names
 */
public record PictureFiles(Pictures train, Optional<Pictures> test, List<String> classes) {
  private static final int CIFAR_RECORD = 1 + 3 * 32 * 32;
  private static final List<String> CIFAR_CLASSES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");
  private static final List<String> FASHION_CLASSES =
      List.of(
          "T-shirt/top",
          "trouser",
          "pullover",
          "dress",
          "coat",
          "sandal",
          "shirt",
          "sneaker",
          "bag",
          "ankle boot");

  public PictureFiles {
    classes = List.copyOf(classes);
  }

  /** MNIST's four files, the digits 0 to 9. */
  public static PictureFiles mnist(Path folder) {
    return idx(folder, IntStream.range(0, 10).mapToObj(String::valueOf).toList());
  }

  /** Fashion-MNIST's four files, named as MNIST's. */
  public static PictureFiles fashionMnist(Path folder) {
    return idx(folder, FASHION_CLASSES);
  }

  /** IDX files named as MNIST's, with as many classes as the labels tell. */
  public static PictureFiles idx(Path folder) {
    return idx(folder, List.of());
  }

  private static PictureFiles idx(Path folder, List<String> named) {
    checkFolder(folder);
    IdxFile.Pair train =
        IdxFile.find(folder, "train")
            .orElseThrow(() ->
                new BadInput(
                    "%s has no train-images-idx3-ubyte and train-labels-idx1-ubyte, nor either with .gz; give the folder that has them as --data-dir"
                        .formatted(folder)));
    Optional<IdxFile.Pair> test = IdxFile.find(folder, "t10k");
    int largest = Math.max(largest(train), test.map(PictureFiles::largest).orElse(0));
    List<String> classes =
        named.isEmpty()
            ? IntStream.rangeClosed(0, Math.max(1, largest)).mapToObj(String::valueOf).toList()
            : named;
    Pictures pictures = pictures(train, classes.size());
    Optional<Pictures> tests = test.map(pair -> pictures(pair, classes.size()));
    tests.ifPresent(t -> {
      if (!t.form().equals(pictures.form())) {
        throw new BadInput(
            "%s has pictures of %s, %s of %s; give files of one data set"
                .formatted(
                    train.images(),
                    size(pictures.form()),
                    test.orElseThrow().images(),
                    size(t.form())));
      }
    });
    return new PictureFiles(pictures, tests, classes);
  }

  private static String size(Form.Image form) {
    return form.height() + "x" + form.width();
  }

  private static int largest(IdxFile.Pair pair) {
    return Arrays.stream(IdxFile.labels(pair.labels()).classes()).max().orElse(0);
  }

  private static Pictures pictures(IdxFile.Pair pair, int classes) {
    IdxFile images = IdxFile.images(pair.images());
    IdxFile labels = IdxFile.labels(pair.labels());
    if (images.count() != labels.count()) {
      throw new BadInput(
          "%s has %d images, %s has %d labels; give files of one data set"
              .formatted(pair.images(), images.count(), pair.labels(), labels.count()));
    }
    int[] values = labels.classes();
    for (int row = 0; row < values.length; row++) {
      checkLabel(pair.labels(), row, values[row], classes);
    }
    var form = new Form.Image(1, images.shape()[1], images.shape()[2]);
    return new Pictures(pixels(images), form, values);
  }

  private static Pixels pixels(IdxFile images) {
    return images.type() == IdxType.UNSIGNED_BYTE
        ? BytePictures.of(
            List.of(images.bytes().bytes()), images.start(), images.stride(), 0, 1, images.stride())
        : NumberPictures.of(images);
  }

  private static void checkLabel(Path file, int row, int label, int classes) {
    if (label >= classes) {
      throw new BadInput(
          "%s: label %d of record %d is not in [0, %d); is this file of another data set?"
              .formatted(file, label, row + 1, classes));
    }
  }

  /** CIFAR-10's binary files, {@code data_batch_1.bin} to 5 and {@code test_batch.bin}. */
  public static PictureFiles cifar10(Path folder) {
    checkFolder(folder);
    Path inside = folder.resolve("cifar-10-batches-bin");
    Path from = Files.isDirectory(inside) ? inside : folder;
    List<Path> train =
        IntStream.rangeClosed(1, 5)
            .mapToObj(i -> from.resolve("data_batch_" + i + ".bin"))
            .filter(Files::isRegularFile)
            .toList();
    if (train.isEmpty()) {
      throw new BadInput(
          "%s has no data_batch_1.bin to data_batch_5.bin; unpack the binary version of CIFAR-10 and give its folder as --data-dir"
              .formatted(folder));
    }
    Path test = from.resolve("test_batch.bin");
    return new PictureFiles(
        cifar(train),
        Files.isRegularFile(test) ? Optional.of(cifar(List.of(test))) : Optional.empty(),
        CIFAR_CLASSES);
  }

  private static Pictures cifar(List<Path> files) {
    List<MemorySegment> maps = new ArrayList<>();
    for (Path file : files) {
      FileBytes bytes = FileBytes.open(file);
      if (bytes.size() == 0 || bytes.size() % CIFAR_RECORD != 0) {
        throw new BadInput(
            "%s: %d bytes are not records of %d (a label and 3x32x32 pixels): it looks like %s; it was cut short or is another file: unpack it again"
                .formatted(file, bytes.size(), CIFAR_RECORD, bytes.kind()));
      }
      maps.add(bytes.bytes());
    }
    BytePictures pixels = BytePictures.of(maps, 0, CIFAR_RECORD, 1, 3, 32 * 32);
    int[] labels = new int[pixels.rows()];
    for (int row = 0; row < labels.length; row++) {
      labels[row] = pixels.head(row, 0);
      checkLabel(
          files.get(pixels.file(row)), pixels.within(row), labels[row], CIFAR_CLASSES.size());
    }
    return new Pictures(pixels, new Form.Image(3, 32, 32), labels);
  }

  private static void checkFolder(Path folder) {
    if (!Files.exists(folder)) {
      throw new BadInput(
          "cannot read %s: there is no such folder; check --data-dir".formatted(folder));
    }
    if (!Files.isDirectory(folder)) {
      throw new BadInput(
          "%s is a file; give the folder it lies in as --data-dir".formatted(folder));
    }
  }
}
