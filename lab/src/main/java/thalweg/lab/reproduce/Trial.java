package thalweg.lab.reproduce;

import java.util.List;
import org.jspecify.annotations.Nullable;
import thalweg.torch.Batching;

/**
 * A training run as it is to be made; with a seed it is one in every bit.
 *
 * @param network as the command line names it
 * @param optimizer in text form; {@code {seed}} stands for the seed of the run
 * @param epochs passes over the training rows
 * @param seconds after which training stops before its epochs are over; infinite for none
 * @param before what the network is trained by first; null to begin at a fresh start. Its weights
 *     are handed on, statistics of batch norm are not.
 * @param counted whether what came before is part of the run, its curves and its steps
 */
record Trial(
    Problem problem,
    String network,
    String optimizer,
    Batching batching,
    int epochs,
    double seconds,
    @Nullable Trial before,
    boolean counted) {

  static Trial of(Problem problem, String network, int batch, int epochs) {
    return new Trial(
        problem,
        network,
        "sgd",
        new Batching.Mini(batch),
        epochs,
        Double.POSITIVE_INFINITY,
        null,
        false);
  }

  Trial network(String other) {
    return new Trial(problem, other, optimizer, batching, epochs, seconds, before, counted);
  }

  Trial optimizer(String other) {
    return new Trial(problem, network, other, batching, epochs, seconds, before, counted);
  }

  Trial batching(Batching other) {
    return new Trial(problem, network, optimizer, other, epochs, seconds, before, counted);
  }

  Trial epochs(int other) {
    return new Trial(problem, network, optimizer, batching, other, seconds, before, counted);
  }

  Trial seconds(double most) {
    return new Trial(problem, network, optimizer, batching, epochs, most, before, counted);
  }

  /** This trial on a network another one has trained, which is no part of the run. */
  Trial from(Trial pretraining) {
    return new Trial(problem, network, optimizer, batching, epochs, seconds, pretraining, false);
  }

  /** This trial as the rest of a run that another one begins. */
  Trial continuing(Trial beginning) {
    return new Trial(problem, network, optimizer, batching, epochs, seconds, beginning, true);
  }

  /** Trials of equal settings with one optimizer each. */
  List<Trial> each(List<String> optimizers) {
    return optimizers.stream().map(this::optimizer).toList();
  }

  /** The text form of the optimizer, of all of them where another begins the run. */
  String optimizers() {
    return before != null && counted
        ? "%s for %d epochs, then %s".formatted(before.optimizers(), before.epochs, optimizer)
        : optimizer;
  }
}
