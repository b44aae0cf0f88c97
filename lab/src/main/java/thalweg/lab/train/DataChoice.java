package thalweg.lab.train;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import thalweg.lab.BadInput;
import thalweg.lab.data.DataRequest;
import thalweg.lab.data.EasyFirst;
import thalweg.lab.data.Prepared;
import thalweg.lab.data.Task;
import thalweg.torch.Augmentation;

/** The data that the settings ask for. */
public final class DataChoice {
  private static final Set<String> IN_FOLDERS = Set.of("mnist", "fashion_mnist", "idx", "cifar10");

  private DataChoice() {}

  /**
   * Reads, divides and prepares them.
   *
   * @throws BadInput if options do not go together, or as {@link DataRequest#prepare} does
   */
  public static Prepared of(TrainSettings settings) {
    String kind = kind(settings);
    onlyFor(settings, kind.equals("csv"), "--csv", TrainOption.TARGET, TrainOption.DELIMITER);
    onlyFor(
        settings,
        kind.equals("csv") || kind.equals("libsvm"),
        "--csv or --libsvm",
        TrainOption.TASK);
    onlyFor(
        settings,
        kind.equals("text"),
        "--text",
        TrainOption.TEXT_LENGTH,
        TrainOption.TEXT_BYTES,
        TrainOption.SAMPLE);
    onlyFor(
        settings,
        IN_FOLDERS.contains(kind),
        "--data " + String.join(", ", IN_FOLDERS.stream().sorted().toList()),
        TrainOption.DATA_DIR);
    DataRequest request =
        DataRequest.named(kind)
            .path(path(settings, kind).orElse(null))
            .target(settings.find(TrainOption.TARGET).orElse(null))
            .task(settings.find(TrainOption.TASK).map(Task::of).orElse(null))
            .delimiter(settings.find(TrainOption.DELIMITER).map(DataChoice::delimiter).orElse(null))
            .validation(boxed(settings.number(TrainOption.VALIDATION_SHARE)))
            .test(boxed(settings.number(TrainOption.TEST_SHARE)))
            .seed(settings.seed())
            .standardize(!settings.flag(TrainOption.NO_STANDARDIZE))
            .textLength(settings.count(TrainOption.TEXT_LENGTH).orElseThrow())
            .textBytes(settings.count(TrainOption.TEXT_BYTES).orElseThrow())
            .limit(settings.count(TrainOption.LIMIT).orElse(0))
            .easyFirst(settings.find(TrainOption.CURRICULUM).map(EasyFirst::parse).orElse(null));
    Optional<String> augment = settings.find(TrainOption.AUGMENT);
    if (augment.isPresent()) {
      request =
          request.augmentation(
              Reading.option(TrainOption.AUGMENT, () -> Augmentation.parse(augment.get())));
    }
    return request.prepare();
  }

  /** The kind of data, which a file of the user's names by its option. */
  private static String kind(TrainSettings settings) {
    List<TrainOption> files =
        List.of(TrainOption.CSV, TrainOption.LIBSVM, TrainOption.TEXT).stream()
            .filter(settings::has)
            .toList();
    if (files.isEmpty()) {
      return settings.text(TrainOption.DATA).toLowerCase(Locale.ROOT).replace('-', '_');
    }
    String kind = files.getFirst().id();
    if (files.size() > 1) {
      throw new BadInput(
          "%s and %s both name data; give one of them"
              .formatted(files.get(0).option(), files.get(1).option()));
    }
    if (settings.has(TrainOption.DATA) && !settings.text(TrainOption.DATA).equals(kind)) {
      throw new BadInput(
          "--data %s and --%s both name data; give one of them"
              .formatted(settings.text(TrainOption.DATA), kind));
    }
    return kind;
  }

  private static Optional<Path> path(TrainSettings settings, String kind) {
    return settings.path(
        switch (kind) {
          case "csv" -> TrainOption.CSV;
          case "libsvm" -> TrainOption.LIBSVM;
          case "text" -> TrainOption.TEXT;
          default -> TrainOption.DATA_DIR;
        });
  }

  private static void onlyFor(
      TrainSettings settings, boolean fits, String owner, TrainOption... options) {
    for (TrainOption option : options) {
      if (!fits && settings.has(option)) {
        throw new BadInput(
            "%s belongs to %s; add that, or leave it out".formatted(option.option(), owner));
      }
    }
  }

  private static Character delimiter(String text) {
    if (text.length() != 1) {
      throw new BadInput("--delimiter must be one character, got '%s'".formatted(text));
    }
    return text.charAt(0);
  }

  private static @Nullable Double boxed(OptionalDouble number) {
    return number.isPresent() ? (Double) number.getAsDouble() : null;
  }
}
