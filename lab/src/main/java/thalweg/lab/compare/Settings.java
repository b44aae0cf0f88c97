package thalweg.lab.compare;

import java.util.List;

/**
 * How every optimizer was run: the same for all of them.
 *
 * @param hidden widths of the network's hidden layers; empty for a linear model
 * @param loss the name of the loss, as {@code cross entropy}
 * @param regime {@code mini-batch}, {@code full batch} or {@code single sample}
 * @param batch rows a step
 * @param epochs passes over the training rows in each run
 * @param stepsPerEpoch updates in one pass
 * @param parameters numbers the network learns
 * @param splitSeed seed of the division into training and validation rows
 * @param tuningSeed seed of the runs that choose the learning rate, or only warm up where it is
 *     given
 * @param tuningEpochs epochs of those runs
 * @param seeds seeds of the runs that are reported, each a start and an order of batches
 * @param grid the learning rates tried
 */
public record Settings(
    List<Integer> hidden,
    String loss,
    String regime,
    int batch,
    int epochs,
    int stepsPerEpoch,
    long parameters,
    long splitSeed,
    long tuningSeed,
    int tuningEpochs,
    List<Long> seeds,
    List<Double> grid) {
  public Settings {
    hidden = List.copyOf(hidden);
    seeds = List.copyOf(seeds);
    grid = List.copyOf(grid);
  }
}
