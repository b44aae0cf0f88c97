package thalweg.lab.data;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import thalweg.lab.BadInput;
import thalweg.lab.data.files.Scratch;
import thalweg.lab.data.files.SegmentFeatures;
import thalweg.torch.Features;
import thalweg.torch.Samples;
import thalweg.torch.Targets;

/**
 * A data set divided into training, validation and test rows, as numbers a network can take.
 *
 * <p>Unless other shares are asked for, four fifths train, one fifth validates and nothing tests.
 * In a classification each class is divided so, and keeps at least one row to train and one to
 * validate. Everything fitted (mean and deviation of a numeric column and of a regression's target,
 * the categories of a text column) is fitted on the training rows only and then applied to all, so
 * nothing of the other rows leaks into training. The same seed gives the same split on every
 * machine.
 *
 * @param featureNames one a matrix column; {@code column=category} for a text column
 * @param classes the classes' names; empty in a regression
 * @param trainRows indices into the data set's rows, rising
 * @param validationRows indices into the data set's rows, rising
 * @param testRows indices into the data set's rows, rising
 * @param targetMean of the training targets, to go back to the table's units; 0 in a classification
 * @param targetDeviation of the training targets; 1 in a classification
 * @param notes what a user should know of this split, one line each
 */
@SuppressWarnings("ArrayRecordComponent") // row numbers of large tables, never compared
public record Split(
    Task task,
    List<String> featureNames,
    List<String> classes,
    Samples train,
    Samples validation,
    Samples test,
    int[] trainRows,
    int[] validationRows,
    int[] testRows,
    double targetMean,
    double targetDeviation,
    List<String> notes) {
  public Split {
    featureNames = List.copyOf(featureNames);
    classes = List.copyOf(classes);
    notes = List.copyOf(notes);
  }

  /**
   * Divides a data set; equal seeds give equal splits.
   *
   * @throws BadInput if the training rows tell nothing: every column was left out
   */
  public static Split of(DataSet data, long seed) {
    return of(data, Partition.of(data.target(), Shares.FIFTH, seed));
  }

  /** As above, with the rows already divided. */
  static Split of(DataSet data, Partition rows) {
    List<String> notes = new ArrayList<>();
    List<Encoding> encodings =
        data.columns().stream()
            .map(column -> Encoding.fit(column, data.scaling(), rows.train(), notes))
            .filter(encoding -> !encoding.names().isEmpty())
            .toList();
    List<String> names = encodings.stream().flatMap(e -> e.names().stream()).toList();
    if (names.isEmpty()) {
      throw new BadInput(
          "data set '%s': no column is left to learn '%s' from (%s); use another --seed or more rows"
              .formatted(data.name(), data.target().name(), notes.getLast()));
    }
    Encoding.Scale scale =
        switch (data.target()) {
          case Target.Classes _ -> Encoding.Scale.NONE;
          case Target.Numbers numbers ->
              Encoding.Scale.fit(Numbers.of(numbers.values()), rows.train());
        };
    return new Split(
        data.task(),
        names,
        data.target() instanceof Target.Classes c ? c.classes() : List.of(),
        samples(data.target(), encodings, names.size(), scale, rows.train()),
        samples(data.target(), encodings, names.size(), scale, rows.validation()),
        samples(data.target(), encodings, names.size(), scale, rows.test()),
        rows.train(),
        rows.validation(),
        rows.test(),
        scale.mean(),
        scale.deviation(),
        notes);
  }

  private static Samples samples(
      Target target, List<Encoding> encodings, int columns, Encoding.Scale scale, int[] rows) {
    Features features = features(encodings, columns, rows);
    return switch (target) {
      case Target.Classes(_, int[] labels, List<String> classes) ->
          new Samples(
              features,
              new Targets.Classes(
                  Arrays.stream(rows).map(row -> labels[row]).toArray(), classes.size()));
      case Target.Numbers(_, double[] values) -> {
        float[] targets = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
          targets[i] = scale.apply(values[rows[i]]);
        }
        yield new Samples(features, new Targets.Values(targets));
      }
    };
  }

  /** In memory, or in a temporary file when they are many. */
  private static Features features(List<Encoding> encodings, int columns, int[] rows) {
    long rowBytes = (long) columns * Float.BYTES;
    boolean large = Scratch.mapped(rows.length * rowBytes);
    float[] values = new float[large ? 0 : rows.length * columns];
    MemorySegment segment =
        large ? Scratch.of(rows.length * rowBytes) : MemorySegment.ofArray(values);
    float[] encoded = new float[columns];
    int[] positions = new int[encodings.size() + 1];
    for (int e = 0; e < encodings.size(); e++) {
      positions[e + 1] = positions[e] + encodings.get(e).names().size();
    }
    for (int i = 0; i < rows.length; i++) {
      Arrays.fill(encoded, 0);
      for (int e = 0; e < encodings.size(); e++) {
        encodings.get(e).write(rows[i], encoded, positions[e]);
      }
      MemorySegment.copy(encoded, 0, segment, SegmentFeatures.FLOAT, i * rowBytes, columns);
    }
    return large ? new SegmentFeatures(columns, segment) : Features.of(columns, values);
  }
}
