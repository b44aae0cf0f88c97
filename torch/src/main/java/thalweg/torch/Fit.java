package thalweg.torch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/** Whether network, loss, samples and batches go together, and what libtorch says where they do not. */
final class Fit {
  /** How libtorch begins what it says of a variance over one value. */
  private static final String ONE_ROW = "Expected more than 1 value per channel";

  private Fit() {}

  /**
   * Shows the network one sample.
   *
   * @throws UnfitException in one line, if it cannot take it, answers otherwise than the loss
   *     needs, or cannot learn from a last batch of one row
   */
  static void check(Training training, UnaryOperator<Tensor> forward) {
    Targets targets = training.feed().samples().targets();
    training.metrics().forEach(metric -> metric.tally(targets));
    List<Long> wanted = new ArrayList<>(List.of(1L));
    if (targets instanceof Targets.Tokens tokens) {
      wanted.add((long) tokens.length());
    }
    wanted.add((long) training.loss().outputs(targets));
    List<Long> given = answer(training, forward, false);
    if (!given.equals(wanted)) {
      throw new UnfitException(
          "the network answers one sample with %s, %s of these targets needs %s; make the network's outputs fit"
              .formatted(given, training.loss().text(), wanted),
          null);
    }
    if (training.feed().endsWithOne() && training.reachesLastBatch()) {
      learnFromOne(training, forward);
    }
  }

  /** Tries one row as a batch to learn from, and leaves everything as it was. */
  private static void learnFromOne(Training training, UnaryOperator<Tensor> forward) {
    if (!new NormStatistics(training, forward).areThere()) {
      return;
    }
    byte[] random = Libtorch.randomState();
    try (Snapshot before = Snapshot.of(training.module())) {
      try {
        answer(training, forward, true);
      } finally {
        before.into(training.module()); // a norm counts its batches before it refuses one
      }
    } finally {
      Libtorch.randomState(random);
    }
  }

  private static List<Long> answer(
      Training training, UnaryOperator<Tensor> forward, boolean learning) {
    Module module = training.module();
    boolean mode = module.is_training();
    module.train(learning);
    Samples one = training.validation().select(new int[] {0});
    try (Feed feed = new Feed(one, new Batching.Full(), 0);
        var guard = new NoGradGuard();
        var scope = new PointerScope()) {
      Batch batch = feed.inTableOrder().iterator().next();
      try {
        return TorchParameter.sizes(forward.apply(batch.features()));
      } catch (RuntimeException e) {
        if (learning) {
          throw explained(e, training.feed(), 1);
        }
        throw new UnfitException(
            "the network cannot take a sample of %d numbers: %s; make network and data fit"
                .formatted(one.columns(), NotEnoughMemoryException.reason(e)),
            e);
      }
    } finally {
      module.train(mode);
    }
  }

  /** The failure of a forward or backward, with what to do about it where that is known. */
  static RuntimeException explained(Throwable failure, Feed feed, int rows) {
    if (NotEnoughMemoryException.isBehind(failure)) {
      return new NotEnoughMemoryException(
          "libtorch has no memory for a batch of %d samples of %d numbers (%s); give a smaller batch (and accumulate gradients over several), a smaller network, or more memory"
              .formatted(rows, feed.samples().columns(), NotEnoughMemoryException.reason(failure)),
          failure);
    }
    if (String.valueOf(failure.getMessage()).startsWith(ONE_ROW)) {
      return new UnfitException(
          "batch norm cannot learn from a batch of one row, as the last of %d rows in batches of %d is; give another batch, or another norm"
              .formatted(feed.samples().rows(), feed.batching().size(feed.samples().rows())),
          failure);
    }
    if (failure instanceof RuntimeException other) {
      return other;
    }
    throw (Error) failure;
  }
}
