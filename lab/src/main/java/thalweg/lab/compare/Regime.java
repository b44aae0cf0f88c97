package thalweg.lab.compare;

import java.util.List;
import thalweg.torch.Batching;

/**
 * How many rows a step sees, and what becomes of a run's updates by it.
 *
 * @param batching in text form: {@code full}, {@code mini:32} or {@code one}
 * @param batch rows a step
 * @param stepsPerEpoch updates in one pass
 * @param updates the last update of each bin whose mean {@link SeedRun#updateLoss} holds, counted
 *     from 1 and rising; empty in files of versions that did not say
 */
public record Regime(String batching, int batch, int stepsPerEpoch, List<Long> updates) {
  public Regime {
    updates = List.copyOf(updates);
  }

  /** Of a batching on so many training rows. */
  static Regime of(Batching batching, int rows, int epochs) {
    int batch = batching.size(rows);
    int steps = Math.ceilDiv(rows, batch);
    return new Regime(batching.text(), batch, steps, Bins.of((long) epochs * steps).ends());
  }

  /** {@code full batch}, {@code mini-batch} or {@code single sample}. */
  String kind() {
    return switch (Batching.parse(batching)) {
      case Batching.Full() -> "full batch";
      case Batching.Mini _ -> "mini-batch";
      case Batching.One() -> "single sample";
    };
  }

  /** In words: {@code full batch}, {@code batches of 32} or {@code one sample}. */
  public String words() {
    return switch (Batching.parse(batching)) {
      case Batching.Full() -> "full batch";
      case Batching.Mini(int size) -> "batches of " + size;
      case Batching.One() -> "one sample";
    };
  }
}
