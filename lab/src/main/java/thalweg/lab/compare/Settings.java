package thalweg.lab.compare;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How every optimizer was run: the same for all of them.
 *
 * @param model the network in text form, as {@code mlp(hidden=[64])}
 * @param hidden widths of the hidden layers; empty for other networks than an {@code mlp}
 * @param loss the name of the loss, as {@code cross entropy}
 * @param regime {@code mini-batch}, {@code full batch}, {@code single sample}, or {@code several}
 * @param batch rows a step; null where there are several regimes
 * @param regimes how many rows a step sees, one after the other as they were asked for
 * @param epochs passes over the training rows in each run
 * @param stepsPerEpoch updates in one pass; null where there are several regimes
 * @param parameters numbers the network learns
 * @param splitSeed seed of the division into training and validation rows
 * @param tuningSeed seed of the runs that choose the learning rate, or only warm up where it is
 *     given
 * @param tuningEpochs epochs of those runs
 * @param seeds seeds of the runs that are reported, each a start and an order of batches
 * @param grid the learning rates tried
 */
public record Settings(
    String model,
    List<Integer> hidden,
    String loss,
    String regime,
    @Nullable Integer batch,
    List<Regime> regimes,
    int epochs,
    @Nullable Integer stepsPerEpoch,
    long parameters,
    long splitSeed,
    long tuningSeed,
    int tuningEpochs,
    List<Long> seeds,
    List<Double> grid) {
  public Settings {
    hidden = List.copyOf(hidden);
    regimes = List.copyOf(regimes);
    seeds = List.copyOf(seeds);
    grid = List.copyOf(grid);
  }

  /** Of the regimes, from which the facts of a single one follow. */
  public Settings(
      String model,
      List<Integer> hidden,
      String loss,
      List<Regime> regimes,
      int epochs,
      long parameters,
      long splitSeed,
      long tuningSeed,
      int tuningEpochs,
      List<Long> seeds,
      List<Double> grid) {
    this(
        model,
        hidden,
        loss,
        regimes.size() == 1 ? regimes.getFirst().kind() : "several",
        regimes.size() == 1 ? regimes.getFirst().batch() : null,
        regimes,
        epochs,
        regimes.size() == 1 ? regimes.getFirst().stepsPerEpoch() : null,
        parameters,
        splitSeed,
        tuningSeed,
        tuningEpochs,
        seeds,
        grid);
  }

  /** Whether every optimizer ran in more than one regime. */
  public boolean several() {
    return regimes.size() > 1;
  }
}
