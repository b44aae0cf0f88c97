package thalweg.torch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Evaluations and epochs as lists of numbers in a checkpoint, and back. */
final class EpochValues {
  private EpochValues() {}

  static List<Object> of(Evaluation evaluation) {
    return List.of(evaluation.loss(), evaluation.metrics());
  }

  static Evaluation evaluation(List<?> values) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    if (values.get(1) instanceof Map<?, ?> named) {
      named.forEach((name, value) -> metrics.put((String) name, (Double) value));
    }
    return new Evaluation((Double) values.get(0), metrics);
  }

  static List<Object> of(RunLog.Epoch epoch) {
    List<Object> values = new ArrayList<>();
    values.add((long) epoch.epoch());
    values.add(epoch.trainLoss());
    values.add(of(epoch.validation()));
    values.add(optional(epoch.training()));
    values.add(optional(epoch.averaged()));
    values.add(epoch.seconds());
    values.add(epoch.optimizerSeconds());
    values.add(epoch.optimizerShare());
    values.add(epoch.steps());
    return values;
  }

  static RunLog.Epoch epoch(List<?> values) {
    return new RunLog.Epoch(
        Math.toIntExact((Long) values.get(0)),
        (Double) values.get(1),
        evaluation((List<?>) values.get(2)),
        optional(values.get(3)),
        optional(values.get(4)),
        (Double) values.get(5),
        (Double) values.get(6),
        (Double) values.get(7),
        (Long) values.get(8));
  }

  private static List<Object> optional(@Nullable Evaluation evaluation) {
    return evaluation == null ? List.of() : of(evaluation);
  }

  private static @Nullable Evaluation optional(Object values) {
    return values instanceof List<?> list && !list.isEmpty() ? evaluation(list) : null;
  }
}
