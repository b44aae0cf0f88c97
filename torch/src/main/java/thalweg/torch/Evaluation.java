package thalweg.torch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * How well a model does on samples it is not trained on.
 *
 * @param loss mean over the samples
 * @param metrics by name, in the order they were asked for
 */
public record Evaluation(double loss, Map<String, Double> metrics) {
  /** Rows of one forward, so that a large table needs no large memory. */
  private static final int CHUNK_ROWS = 1024;

  /** Numbers of one forward's outputs and features, for samples of many numbers. */
  private static final int CHUNK_NUMBERS = 1 << 21;

  public Evaluation {
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
  }

  /** The first of the metrics; NaN where there is none. */
  public double metric() {
    return metrics.isEmpty() ? Double.NaN : metrics.values().iterator().next();
  }

  /** A metric by its name; NaN if it was not asked for. */
  public double metric(String name) {
    return metrics.getOrDefault(name, Double.NaN);
  }

  /**
   * Runs the model over all samples of a feed that does not shuffle, without gradients. The model
   * must be in evaluation mode if it has layers that ask.
   *
   * @param cancelled asked before every chunk
   * @throws Stopped once that holds
   */
  static Evaluation of(
      UnaryOperator<Tensor> forward,
      Loss loss,
      List<? extends Metric> metrics,
      Feed feed,
      BooleanSupplier cancelled) {
    Targets targets = feed.samples().targets();
    List<Metric.Tally> tallies = new ArrayList<>();
    metrics.forEach(metric -> tallies.add(metric.tally(targets)));
    double lossSum = 0;
    int answered = 0;
    try (var guard = new NoGradGuard()) {
      for (Batch batch : feed.inTableOrder()) {
        if (cancelled.getAsBoolean()) {
          throw new Stopped();
        }
        try (var scope = new PointerScope()) {
          Tensor outputs = forward.apply(batch.features());
          lossSum += loss.apply(outputs, batch.targets()).item_float() * (double) batch.rows();
          Answers answers = new Answers(targets, outputs, answered);
          answered += answers.count();
          tallies.forEach(tally -> tally.add(answers));
        }
      }
    }
    Map<String, Double> values = new LinkedHashMap<>();
    for (int i = 0; i < tallies.size(); i++) {
      values.put(metrics.get(i).name(), tallies.get(i).value());
    }
    return new Evaluation(lossSum / feed.samples().rows(), values);
  }

  /** A feed to evaluate over: in table order, in chunks. */
  static Feed feed(Samples samples) {
    long numbers = samples.columns();
    if (samples.targets() instanceof Targets.Tokens tokens) {
      numbers += (long) tokens.length() * tokens.classes();
    }
    long rows = Math.max(1, Math.min(CHUNK_ROWS, CHUNK_NUMBERS / numbers));
    return new Feed(samples, new Batching.Mini((int) rows), 0);
  }
}
