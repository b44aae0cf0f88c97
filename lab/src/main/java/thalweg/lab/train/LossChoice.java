package thalweg.lab.train;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import thalweg.lab.BadInput;
import thalweg.lab.data.Prepared;
import thalweg.torch.CrossEntropy;
import thalweg.torch.Loss;
import thalweg.torch.Metric;
import thalweg.torch.Targets;

/** What the settings ask to lower and to measure. */
final class LossChoice {
  private LossChoice() {}

  /**
   * The loss.
   *
   * @throws BadInput if it does not go with the data, or with smoothing or weights
   */
  static Loss of(TrainSettings settings, Prepared data) {
    Targets targets = data.train().targets();
    Loss loss =
        settings
            .find(TrainOption.LOSS)
            .map(text -> Reading.option(TrainOption.LOSS, () -> Loss.parse(text)))
            .orElseGet(() -> Loss.of(targets));
    OptionalDouble smoothing = settings.number(TrainOption.LABEL_SMOOTHING);
    if (smoothing.isPresent()) {
      loss =
          crossEntropy(loss, TrainOption.LABEL_SMOOTHING).labelSmoothing(smoothing.getAsDouble());
    }
    if (settings.flag(TrainOption.CLASS_WEIGHTS)) {
      CrossEntropy plain = crossEntropy(loss, TrainOption.CLASS_WEIGHTS);
      if (data.classWeights().length == 0) {
        throw new BadInput(
            "--class-weights needs one class a row, data '%s' have none; leave it out"
                .formatted(data.name()));
      }
      loss = plain.classWeights(data.classWeights());
    }
    Loss chosen = loss;
    Reading.option(TrainOption.LOSS, () -> chosen.outputs(targets));
    return loss;
  }

  private static CrossEntropy crossEntropy(Loss loss, TrainOption option) {
    if (loss instanceof CrossEntropy plain) {
      return plain;
    }
    throw new BadInput(
        "%s belongs to the loss cross_entropy, here it is %s; leave it out"
            .formatted(option.option(), loss.text()));
  }

  /** What to measure beside the loss, the most telling first. */
  static List<Metric> metrics(TrainSettings settings, Targets targets) {
    Optional<String> list = settings.find(TrainOption.METRICS);
    return list.isEmpty()
        ? Metric.of(targets)
        : Reading.option(
            TrainOption.METRICS,
            () -> {
              List<Metric> metrics =
                  Stream.of(list.get().split(",", -1)).map(Metric::parse).toList();
              metrics.forEach(metric -> metric.tally(targets));
              return metrics;
            });
  }
}
