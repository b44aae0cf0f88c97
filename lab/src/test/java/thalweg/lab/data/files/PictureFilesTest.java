package thalweg.lab.data.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import thalweg.lab.BadInput;
import thalweg.lab.data.DataRequest;
import thalweg.lab.data.Prepared;
import thalweg.text.NumberText;
import thalweg.torch.Form;
import thalweg.torch.Targets;

class PictureFilesTest {
  @TempDir Path folder;

  @Test
  void mnistIsReadPlainAndPacked() throws IOException {
    write("train-images-idx3-ubyte", images(20, 2, 3));
    write("train-labels-idx1-ubyte", labels(20, 2));
    Prepared plain = mnist().standardize(false).prepare();
    assertThat(plain.form()).isEqualTo(new Form.Image(1, 2, 3));
    assertThat(plain.train().rows()).isEqualTo(16);
    assertThat(plain.outputs()).isEqualTo(10);
    float first = plain.train().features().toArray()[1];
    assertThat(first * 255 % 1).isCloseTo(0, within(1e-4f));
    for (String name : new String[] {"train-images-idx3-ubyte", "train-labels-idx1-ubyte"}) {
      pack(name);
    }
    assertThat(mnist().standardize(false).prepare().train().features().toArray())
        .isEqualTo(plain.train().features().toArray());
  }

  @Test
  void bytesBecomeZeroToOne() throws IOException {
    write("train-images-idx3-ubyte", images(20, 2, 3));
    write("train-labels-idx1-ubyte", labels(20, 2));
    PictureFiles files = PictureFiles.idx(folder);
    float[] pixels = files.train().features(PixelScale.none(1)).toArray();
    assertThat(pixels).hasSize(120);
    assertThat(pixels[7]).isEqualTo(7 / 255f);
    assertThat(pixels[119]).isEqualTo(119 / 255f);
    assertThat(files.classes()).containsExactly("0", "1");
  }

  @Test
  void theScaleIsFittedOnTrainingPicturesOnly() throws IOException {
    byte[] images = images(20, 1, 1);
    write("train-images-idx3-ubyte", images);
    write("train-labels-idx1-ubyte", labels(20, 2));
    float[] before = mnist().prepare().train().features().toArray();
    double mean = 0;
    double squares = 0;
    for (float x : before) {
      mean += x / before.length;
      squares += x * x / before.length;
    }
    assertThat(mean).isCloseTo(0, within(1e-6));
    assertThat(squares).isCloseTo(1, within(1e-5));
  }

  @Test
  void theFoldersOwnTestFilesAreTheTestPart() throws IOException {
    write("train-images-idx3-ubyte", images(20, 2, 2));
    write("train-labels-idx1-ubyte", labels(20, 2));
    write("t10k-images.idx3-ubyte", images(7, 2, 2));
    write("t10k-labels.idx1-ubyte", labels(7, 2));
    Prepared prepared = mnist().test(0.5).prepare();
    assertThat(prepared.test().rows()).isEqualTo(7);
    assertThat(prepared.train().rows()).isEqualTo(16);
    assertThat(prepared.notes())
        .contains("tested on the test files of the folder; the test share is not used");
  }

  @Test
  void cifarRecordsAreALabelAndThreePlanes() throws IOException {
    byte[] records = new byte[20 * 3073];
    for (int r = 0; r < 20; r++) {
      records[r * 3073] = (byte) (r % 10);
      Arrays.fill(records, r * 3073 + 1 + 1024, r * 3073 + 1 + 2048, (byte) 255);
    }
    write("data_batch_1.bin", records);
    write("data_batch_2.bin", records);
    write("test_batch.bin", records);
    Prepared cifar = DataRequest.named("cifar10").path(folder).standardize(false).prepare();
    assertThat(cifar.form()).isEqualTo(new Form.Image(3, 32, 32));
    assertThat(cifar.train().rows() + cifar.validation().rows()).isEqualTo(40);
    assertThat(cifar.test().rows()).isEqualTo(20);
    float[] pixels = cifar.train().features().toArray();
    assertThat(pixels[0]).isEqualTo(0);
    assertThat(pixels[1024]).isEqualTo(1);
    assertThat(pixels[2048]).isEqualTo(0);
    assertThat(((Targets.Classes) cifar.test().targets()).labels()).startsWith(0, 1, 2);
    assertThat(cifar.classes()).startsWith("airplane").endsWith("truck");
  }

  // What is refused.

  @Test
  void missingFilesAreNamed() throws IOException {
    refused(
        "mnist",
        folder.resolve("none"),
        "cannot read %s: there is no such folder; check --data-dir"
            .formatted(folder.resolve("none")));
    refused("mnist", folder, folder + " has no train-images-idx3-ubyte and train-labels-idx1-");
    refused("cifar10", folder, folder + " has no data_batch_1.bin to data_batch_5.bin; unpack");
    Path images = write("train-images-idx3-ubyte", images(20, 2, 2));
    refused("mnist", images, images + " is a file; give the folder it lies in as --data-dir");
    refused(
        "mnist",
        folder,
        "%s has images without their labels: %s is missing"
            .formatted(images, folder.resolve("train-labels-idx1-ubyte")));
  }

  @Test
  void filesCutShortSayHowLongTheyShouldBe() throws IOException {
    Path images = write("train-images-idx3-ubyte", Arrays.copyOf(images(20, 2, 2), 50));
    write("train-labels-idx1-ubyte", labels(20, 2));
    refused("mnist", folder, images + ": 50 bytes, its header [20 x 2 x 2] needs 96; it was cut");
    write("train-images-idx3-ubyte", Arrays.copyOf(images(20, 2, 2), 10));
    refused("mnist", folder, images + ": 10 bytes, a header has 16; it was cut short");
    write("train-images-idx3-ubyte", Arrays.copyOf(images(20, 2, 2), 97));
    refused("mnist", folder, images + ": 97 bytes, its header [20 x 2 x 2] needs 96; it was cut");
    Path batch = write("data_batch_1.bin", new byte[3072]);
    refused("cifar10", folder, batch + ": 3072 bytes are not records of 3073 (a label and");
  }

  @Test
  void aPackedFileCutShortIsSaidSo() throws IOException {
    write("train-images-idx3-ubyte", images(20, 20, 20));
    write("train-labels-idx1-ubyte", labels(20, 2));
    Path packed = pack("train-images-idx3-ubyte");
    byte[] bytes = Files.readAllBytes(packed);
    Files.write(packed, Arrays.copyOf(bytes, bytes.length / 2));
    refused("mnist", folder, "cannot read " + packed + ": ");
  }

  @Test
  void filesOfAnotherKindSayWhatTheyLookLike() throws IOException {
    write("train-labels-idx1-ubyte", labels(20, 2));
    Path images =
        write("train-images-idx3-ubyte", "<html>not found".getBytes(StandardCharsets.US_ASCII));
    refused("mnist", folder, images + ": not an IDX file of images: it looks like an HTML");
    write("train-images-idx3-ubyte", new byte[] {(byte) 0x89, 'P', 'N', 'G', 1, 2});
    refused("mnist", folder, images + ": not an IDX file of images: it looks like a PNG image");
    write("train-images-idx3-ubyte", new byte[0]);
    refused("mnist", folder, images + ": not an IDX file of images: it looks like an empty file");
    write("train-images-idx3-ubyte", new byte[] {0, 0, 0x0A, 3, 0, 0, 0, 1});
    refused("mnist", folder, images + ": not an IDX file of images: it looks like binary data");
    byte[] huge = images(1, 1, 1);
    Arrays.fill(huge, 4, 16, (byte) 0x7F);
    write("train-images-idx3-ubyte", huge);
    refused("mnist", folder, images + ": 17 bytes, its header [2139062143 x 2139062143 x");
    write("train-images-idx3-ubyte", labels(20, 2));
    refused("mnist", folder, images + ": an IDX file of 1 dimensions, images have 3; are images");
  }

  @Test
  void labelsThatDoNotFitAreRefused() throws IOException {
    Path images = write("train-images-idx3-ubyte", images(20, 2, 2));
    Path labels = write("train-labels-idx1-ubyte", labels(19, 2));
    refused(
        "mnist",
        folder,
        "%s has 20 images, %s has 19 labels; give files of one data set".formatted(images, labels));
    write("train-labels-idx1-ubyte", labels(20, 12));
    refused("mnist", folder, labels + ": label 10 of record 11 is not in [0, 10); is this file");
    byte[] record = new byte[3073];
    record[0] = 10;
    Path batch = write("data_batch_3.bin", record);
    refused("cifar10", folder, batch + ": label 10 of record 1 is not in [0, 10); is this file");
  }

  // Other numbers than bytes.

  @ParameterizedTest
  @CsvSource({"9, 1, byte", "11, 2, short", "12, 4, int", "13, 4, float", "14, 8, double"})
  void numbersOfEveryTypeKeepTheirScale(int type, int bytes, String word) throws IOException {
    double[] values = new double[80];
    Arrays.setAll(values, i -> i == 7 ? -128 : type < 13 ? i : i + 0.25);
    write("train-images-idx3-" + word, numbers(type, bytes, new int[] {20, 2, 2}, values));
    write("train-labels-idx1-ubyte", labels(20, 2));
    PictureFiles files = PictureFiles.idx(folder);
    float[] pixels = files.train().features(PixelScale.none(1)).toArray();
    for (int i = 0; i < values.length; i++) {
      assertThat(pixels[i]).isEqualTo((float) values[i]);
    }
    double mean = Arrays.stream(values).sum() / 80;
    double square = Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum() / 80;
    PixelScale scale = files.train().fit(IntStream.range(0, 20).toArray());
    assertThat(scale.mean()[0]).isCloseTo(mean, within(1e-12));
    assertThat(scale.deviation()[0]).isCloseTo(Math.sqrt(square), within(1e-12));
    Prepared prepared = DataRequest.named("idx").path(folder).prepare();
    assertThat(prepared.form()).isEqualTo(new Form.Image(1, 2, 2));
  }

  @Test
  void labelsOfAnyTypeAreWholeNumbersFromZeroOn() throws IOException {
    write("train-images-idx3-ubyte", images(20, 2, 2));
    double[] values = new double[20];
    Arrays.setAll(values, i -> i % 3);
    Path labels = write("train-labels-idx1-double", numbers(14, 8, new int[] {20}, values));
    assertThat(PictureFiles.idx(folder).train().labels()).startsWith(0, 1, 2, 0);
    for (double bad : new double[] {0.5, -1, 1000, Double.NaN}) {
      values[4] = bad;
      write("train-labels-idx1-double", numbers(14, 8, new int[] {20}, values));
      refused(
          "idx",
          folder,
          "%s: label %s of record 5 is no whole number from 0 to 999; labels are classes"
              .formatted(labels, NumberText.of(bad)));
    }
  }

  @Test
  void picturesOfNumbersThatAreNotFiniteAreRefused() throws IOException {
    write("train-labels-idx1-ubyte", labels(20, 2));
    double[] values = new double[80];
    for (double bad : new double[] {Double.NaN, Double.NEGATIVE_INFINITY, 1e39}) {
      values[5] = bad;
      Path images = write("train-images-idx3-double", numbers(14, 8, new int[] {20, 2, 2}, values));
      refused("idx", folder, "%s: record 2 holds %s, no finite number".formatted(images, bad));
    }
  }

  private static byte[] numbers(int type, int bytes, int[] shape, double[] values) {
    ByteBuffer file = ByteBuffer.allocate(4 + 4 * shape.length + bytes * values.length);
    file.putInt(type << 8 | shape.length);
    Arrays.stream(shape).forEach(file::putInt);
    for (double value : values) {
      switch (type) {
        case 9 -> file.put((byte) value);
        case 11 -> file.putShort((short) value);
        case 12 -> file.putInt((int) value);
        case 13 -> file.putFloat((float) value);
        default -> file.putDouble(value);
      }
    }
    return file.array();
  }

  private DataRequest mnist() {
    return DataRequest.named("mnist").path(folder);
  }

  private static void refused(String kind, Path path, String start) {
    assertThatThrownBy(() -> DataRequest.named(kind).path(path).prepare())
        .isInstanceOf(BadInput.class)
        .hasMessageStartingWith(start)
        .hasMessageNotContaining("\n");
  }

  /** Pixels 0, 1, 2, … */
  private static byte[] images(int count, int height, int width) {
    ByteBuffer bytes = ByteBuffer.allocate(16 + count * height * width);
    bytes.putInt(0x803).putInt(count).putInt(height).putInt(width);
    for (int i = 0; bytes.hasRemaining(); i++) {
      bytes.put((byte) i);
    }
    return bytes.array();
  }

  private static byte[] labels(int count, int classes) {
    ByteBuffer bytes = ByteBuffer.allocate(8 + count);
    bytes.putInt(0x801).putInt(count);
    for (int i = 0; bytes.hasRemaining(); i++) {
      bytes.put((byte) (i % classes));
    }
    return bytes.array();
  }

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  private Path pack(String name) throws IOException {
    Path packed = folder.resolve(name + ".gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      Files.copy(folder.resolve(name), out);
    }
    Files.delete(folder.resolve(name));
    return packed;
  }
}
