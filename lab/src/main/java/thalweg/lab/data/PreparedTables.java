package thalweg.lab.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import thalweg.lab.BadInput;
import thalweg.lab.data.files.PixelScale;
import thalweg.torch.Form;
import thalweg.torch.Samples;

/** Tables of numbers and categories, built-in or of a CSV file; the digits as pictures. */
final class PreparedTables {
  static final String DIGIT_ROWS = "digits:rows";
  private static final int DIGIT_SIDE = 8;

  private PreparedTables() {}

  static Prepared builtIn(DataRequest request) {
    if (request.path() != null) {
      throw new BadInput(
          "data '%s' come with the library; leave %s out, or name the kind of that file"
              .formatted(request.data(), request.path()));
    }
    if (request.data().equals(DIGIT_ROWS) || request.data().equals("digits")) {
      return digits(request);
    }
    return table(request, BuiltInData.named(request.data()));
  }

  static Prepared csv(DataRequest request) {
    Path file = request.needed("--csv FILE", "a file");
    if (request.target() == null) {
      throw new BadInput("data 'csv' needs the column to predict: add --target COLUMN");
    }
    return table(
        request, new CsvTable(file, request.target(), request.task(), request.delimiter()).load());
  }

  private static Prepared table(DataRequest request, DataSet data) {
    request.withoutAugmentation();
    Split split = split(request, request.standardize() ? data : data.scaled(Scaling.AS_IS));
    List<String> notes = new ArrayList<>(data.notes());
    notes.addAll(split.notes());
    if (split.task() == Task.REGRESSION) {
      notes.add(
          String.format(
              Locale.ROOT,
              "target '%s' standardized, as the training part is: mean %.6g, deviation %.6g",
              data.target().name(),
              split.targetMean(),
              split.targetDeviation()));
    }
    EasyFirst easyFirst = request.easyFirst();
    return new Prepared(
        data.name(),
        data.source(),
        data.target().name(),
        new Form.Table(split.train().columns()),
        split.train(),
        split.validation(),
        split.test(),
        split.classes(),
        Prepared.balanced(split.train().targets()),
        easyFirst != null && easyFirst.byColumn()
            ? Optional.of(easyFirst.of(data, split.trainRows()))
            : Optional.empty(),
        notes);
  }

  private static Split split(DataRequest request, DataSet data) {
    Partition rows = Partition.of(data.target(), request.shares(0.2, 0), request.seed());
    return Split.of(data, rows.limited(request.limit(), request.seed()));
  }

  private static Prepared digits(DataRequest request) {
    boolean rows = request.data().equals(DIGIT_ROWS);
    DataSet data = BuiltInData.named("digits");
    Split split = split(request, data);
    PixelScale scale =
        request.standardize() ? PixelScale.fit(split.train().features(), 1) : PixelScale.none(1);
    Samples train = scaled(split.train(), scale);
    if (rows) {
      request.withoutAugmentation();
    } else {
      train =
          PreparedPictures.augmented(
              request, train, new Form.Image(1, DIGIT_SIDE, DIGIT_SIDE), scale);
    }
    return new Prepared(
        request.data(),
        data.source(),
        data.target().name(),
        rows
            ? new Form.Sequence(DIGIT_SIDE, DIGIT_SIDE)
            : new Form.Image(1, DIGIT_SIDE, DIGIT_SIDE),
        train,
        scaled(split.validation(), scale),
        scaled(split.test(), scale),
        split.classes(),
        Prepared.balanced(train.targets()),
        Optional.empty(),
        PreparedPictures.notes(request, scale, new ArrayList<>()));
  }

  private static Samples scaled(Samples samples, PixelScale scale) {
    return new Samples(scale.of(samples.features()), samples.targets());
  }
}
