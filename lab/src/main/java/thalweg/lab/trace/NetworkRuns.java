package thalweg.lab.trace;

import java.util.List;
import java.util.stream.Stream;
import thalweg.lab.compare.ComparisonRun;
import thalweg.lab.data.DataRequest;
import thalweg.torch.Batching;

/**
 * SGD with momentum beside Adam, in training: what surfaces of two numbers do not show.
 *
 * <p>Both learn the built-in digits, as pictures on a convolutional network and row by row on an
 * LSTM. Each has the best of seven learning rates, half decades from 1e-3 to 1.
 */
final class NetworkRuns {
  private static final List<String> OPTIMIZERS = List.of("sgd(momentum=0.9)", "adam");
  private static final List<Double> RATES = List.of(1e-3, 3e-3, 1e-2, 3e-2, 1e-1, 3e-1, 1.0);
  private static final Batching BATCH = new Batching.Mini(32);
  private static final int SEEDS = 3;

  private record Kind(String data, String model, int epochs) {}

  private NetworkRuns() {}

  /**
   * One for each network.
   *
   * @param seed of the split and the choice of rates; the runs have the seeds after it
   * @param threads of the optimizers' steps
   */
  static List<ComparisonRun> of(long seed, int threads) {
    return Stream.of(
            new Kind("digits", "cnn(channels=[8, 16], batch_norm=false, dropout=0, hidden=32)", 12),
            new Kind("digits:rows", "lstm(hidden=32)", 16))
        .map(kind ->
            new ComparisonRun(
                DataRequest.named(kind.data).seed(seed).prepare(),
                OPTIMIZERS,
                kind.model,
                null,
                List.of(BATCH),
                kind.epochs,
                SEEDS,
                seed,
                RATES,
                threads))
        .toList();
  }
}
