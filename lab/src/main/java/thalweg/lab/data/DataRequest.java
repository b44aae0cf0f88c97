package thalweg.lab.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import thalweg.lab.BadInput;
import thalweg.text.Nearest;
import thalweg.torch.Augmentation;

/**
 * Which data to train on, and how they are to be divided and prepared.
 *
 * @param data a built-in data set ({@code digits}, {@code digits:rows}, {@code breast_cancer},
 *     {@code diabetes}, {@code iris}) or a kind of file ({@code csv}, {@code idx}, {@code mnist},
 *     {@code fashion_mnist}, {@code cifar10}, {@code libsvm}, {@code text})
 * @param path the file, or for pictures the folder; none for built-in data, and for {@code text}
 *     the sources of the JDK at hand where none is given
 * @param target the column of a CSV file that is to be predicted
 * @param task of a CSV or libsvm file; null to guess
 * @param delimiter of a CSV file; null to detect it
 * @param validation share of the rows, in (0, 1); null for 0.2, of a text 0.05
 * @param test share of the rows, in [0, 1); null for 0, of a text 0.05. Files that come with test
 *     files of their own use those instead
 * @param seed of the split
 * @param standardize whether numbers get mean 0 and deviation 1 over the training rows: each column
 *     of a table, each channel of pictures; sparse features never do
 * @param augmentation of the training pictures
 * @param easyFirst a curriculum; null for none
 * @param textLength characters of a sample, at least 1
 * @param textBytes bytes of text to read at most; 0 for all of a file and 1 MB of a zip
 * @param limit rows of each part at most, chosen by seed; 0 for all
 */
public record DataRequest(
    String data,
    @Nullable Path path,
    @Nullable String target,
    @Nullable Task task,
    @Nullable Character delimiter,
    @Nullable Double validation,
    @Nullable Double test,
    long seed,
    boolean standardize,
    Augmentation augmentation,
    @Nullable EasyFirst easyFirst,
    int textLength,
    long textBytes,
    int limit) {
  private static final List<String> KINDS =
      List.of("csv", "idx", "mnist", "fashion_mnist", "cifar10", "libsvm", "text");

  public DataRequest {
    if (textLength < 1) {
      throw new BadInput("the text length must be >= 1, got " + textLength);
    }
    if (textBytes < 0 || limit < 0) {
      throw new BadInput(
          "the limits of bytes and rows must be >= 0, got %d and %d".formatted(textBytes, limit));
    }
  }

  /** A request for some data with the defaults; equal whatever its case and dashes. */
  public static DataRequest named(String data) {
    return new DataRequest(
        data.toLowerCase(Locale.ROOT).replace('-', '_'),
        null,
        null,
        null,
        null,
        null,
        null,
        0,
        true,
        Augmentation.NONE,
        null,
        64,
        0,
        0);
  }

  /** All names of data and kinds, in the order they are offered. */
  public static List<String> names() {
    List<String> names = new ArrayList<>(BuiltInData.names());
    names.add(1, PreparedTables.DIGIT_ROWS);
    names.addAll(KINDS);
    return List.copyOf(names);
  }

  /**
   * Reads the data, divides and prepares them.
   *
   * @throws BadInput if they cannot be read, are of another kind, or too few
   */
  public Prepared prepare() {
    Prepared prepared =
        switch (data) {
          case "csv" -> PreparedTables.csv(this);
          case "libsvm" -> PreparedSparse.of(this);
          case "idx", "mnist", "fashion_mnist", "cifar10" -> PreparedPictures.of(this);
          case "text" -> PreparedText.of(this);
          default -> {
            if (!names().contains(data)) {
              throw new BadInput(
                  "unknown data '%s': %s".formatted(data, Nearest.offer(data, names())));
            }
            yield PreparedTables.builtIn(this);
          }
        };
    return easyFirst == null || prepared.curriculum().isPresent()
        ? prepared
        : easyFirst.of(prepared);
  }

  /** The path, which this kind of data needs. */
  Path needed(String option, String what) {
    return Optional.ofNullable(path)
        .orElseThrow(
            () -> new BadInput("data '%s' needs %s: add %s".formatted(data, what, option)));
  }

  /** The shares, where this kind of data sets aside so much unless told otherwise. */
  Shares shares(double validationElse, double testElse) {
    return new Shares(
        validation == null ? validationElse : validation, test == null ? testElse : test);
  }

  /** Refuses what only pictures understand. */
  void withoutAugmentation() {
    if (!augmentation.equals(Augmentation.NONE)) {
      throw new BadInput(
          "augmentation is for pictures, and '%s' has none; leave it out".formatted(data));
    }
  }

  /** This request, for a file or folder. */
  public DataRequest path(@Nullable Path given) {
    return with(draft -> draft.path = given);
  }

  /** This request, with the column to predict. */
  public DataRequest target(@Nullable String given) {
    return with(draft -> draft.target = given);
  }

  /** This request, with the task given. */
  public DataRequest task(@Nullable Task given) {
    return with(draft -> draft.task = given);
  }

  /** This request, with what separates fields given. */
  public DataRequest delimiter(@Nullable Character given) {
    return with(draft -> draft.delimiter = given);
  }

  /** This request, with a share of rows to validate on. */
  public DataRequest validation(@Nullable Double given) {
    return with(draft -> draft.validation = given);
  }

  /** This request, with a share of rows to test on. */
  public DataRequest test(@Nullable Double given) {
    return with(draft -> draft.test = given);
  }

  /** This request, with the seed of the split. */
  public DataRequest seed(long given) {
    return with(draft -> draft.seed = given);
  }

  /** This request, with numbers standardized or not. */
  public DataRequest standardize(boolean given) {
    return with(draft -> draft.standardize = given);
  }

  /** This request, with its training pictures changed from epoch to epoch. */
  public DataRequest augmentation(Augmentation given) {
    return with(draft -> draft.augmentation = given);
  }

  /** This request, with a curriculum. */
  public DataRequest easyFirst(@Nullable EasyFirst given) {
    return with(draft -> draft.easyFirst = given);
  }

  /** This request, with so many characters a sample. */
  public DataRequest textLength(int given) {
    return with(draft -> draft.textLength = given);
  }

  /** This request, reading at most so many bytes of text. */
  public DataRequest textBytes(long given) {
    return with(draft -> draft.textBytes = given);
  }

  /** This request, with at most so many rows of each part. */
  public DataRequest limit(int given) {
    return with(draft -> draft.limit = given);
  }

  private DataRequest with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.request();
  }

  /** The components, to change one of them. */
  private static final class Draft {
    private String data;
    private @Nullable Path path;
    private @Nullable String target;
    private @Nullable Task task;
    private @Nullable Character delimiter;
    private @Nullable Double validation;
    private @Nullable Double test;
    private long seed;
    private boolean standardize;
    private Augmentation augmentation;
    private @Nullable EasyFirst easyFirst;
    private int textLength;
    private long textBytes;
    private int limit;

    Draft(DataRequest of) {
      data = of.data;
      path = of.path;
      target = of.target;
      task = of.task;
      delimiter = of.delimiter;
      validation = of.validation;
      test = of.test;
      seed = of.seed;
      standardize = of.standardize;
      augmentation = of.augmentation;
      easyFirst = of.easyFirst;
      textLength = of.textLength;
      textBytes = of.textBytes;
      limit = of.limit;
    }

    DataRequest request() {
      return new DataRequest(
          data,
          path,
          target,
          task,
          delimiter,
          validation,
          test,
          seed,
          standardize,
          augmentation,
          easyFirst,
          textLength,
          textBytes,
          limit);
    }
  }
}
