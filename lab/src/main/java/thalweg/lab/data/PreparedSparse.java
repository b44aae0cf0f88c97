package thalweg.lab.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import thalweg.lab.BadInput;
import thalweg.lab.data.files.LibsvmFile;
import thalweg.torch.Samples;
import thalweg.torch.Targets;

/** Rows of a large, mostly empty vector: a libsvm file. */
final class PreparedSparse {
  private static final int MOST_CLASSES = 1000;

  private PreparedSparse() {}

  static Prepared of(DataRequest request) {
    request.withoutAugmentation();
    Path file = request.needed("--libsvm FILE", "a file");
    LibsvmFile read = LibsvmFile.read(file);
    List<String> notes = new ArrayList<>();
    double[] different = Arrays.stream(read.labels()).sorted().distinct().toArray();
    boolean whole = Arrays.stream(different).allMatch(label -> label == Math.rint(label));
    boolean classes =
        request.task() == null
            ? whole && different.length <= 20 && 2 * different.length <= read.labels().length
            : request.task() == Task.CLASSIFICATION;
    if (request.task() == null) {
      notes.add(
          "labels hold %d different numbers, taken as %s (--task %s for the other)"
              .formatted(
                  different.length,
                  (classes ? Task.CLASSIFICATION : Task.REGRESSION).word(),
                  (classes ? Task.REGRESSION : Task.CLASSIFICATION).word()));
    }
    if (different.length == 1) {
      throw new BadInput(
          "%s: the label is %s in every row, there is nothing to predict; give a file with others"
              .formatted(file, number(different[0])));
    }
    notes.add(
        "%d places, at most %d of them in a row; values as they are"
            .formatted(read.form().vocabulary(), read.form().entries()));
    return classes
        ? classification(request, read, different, notes)
        : regression(request, read, notes);
  }

  private static Prepared classification(
      DataRequest request, LibsvmFile read, double[] different, List<String> notes) {
    if (different.length > MOST_CLASSES) {
      throw new BadInput(
          "%s has %d different labels, too many to be classes; use --task regression"
              .formatted(request.path(), different.length));
    }
    int[] labels =
        Arrays.stream(read.labels()).mapToInt(l -> Arrays.binarySearch(different, l)).toArray();
    Partition rows =
        Partition.ofClasses(labels, different.length, request.shares(0.2, 0), request.seed());
    Samples all = new Samples(read.features(), new Targets.Classes(labels, different.length));
    List<String> names = Arrays.stream(different).mapToObj(PreparedSparse::number).toList();
    return prepared(request, read, all, rows, names, notes);
  }

  private static Prepared regression(DataRequest request, LibsvmFile read, List<String> notes) {
    Partition rows = Partition.of(read.labels().length, request.shares(0.2, 0), request.seed());
    Encoding.Scale scale =
        Encoding.Scale.fit(
            Numbers.of(read.labels()), rows.limited(request.limit(), request.seed()).train());
    float[] values = new float[read.labels().length];
    for (int row = 0; row < values.length; row++) {
      values[row] = scale.apply(read.labels()[row]);
    }
    notes.add(
        String.format(
            Locale.ROOT,
            "labels standardized, as the training part is: mean %.6g, deviation %.6g",
            scale.mean(),
            scale.deviation()));
    Samples all = new Samples(read.features(), new Targets.Values(values));
    return prepared(request, read, all, rows, List.of(), notes);
  }

  private static Prepared prepared(
      DataRequest request,
      LibsvmFile read,
      Samples all,
      Partition whole,
      List<String> classes,
      List<String> notes) {
    Partition rows = whole.limited(request.limit(), request.seed());
    Samples train = all.select(rows.train());
    return new Prepared(
        String.valueOf(request.needed("--libsvm FILE", "a file").getFileName()),
        "your own file " + request.path(),
        read.form(),
        train,
        all.select(rows.validation()),
        all.select(rows.test()),
        classes,
        Prepared.balanced(train.targets()),
        Optional.empty(),
        notes);
  }

  private static String number(double label) {
    return label == Math.rint(label) ? String.valueOf((long) label) : String.valueOf(label);
  }
}
