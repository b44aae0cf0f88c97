package thalweg.torch;

import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/** Evaluates a training's model over its samples; close it. */
final class Evaluator implements AutoCloseable {
  private final Training training;
  private final UnaryOperator<Tensor> forward;
  private final Feed validation;
  private final @Nullable Feed trained;

  Evaluator(Training training, UnaryOperator<Tensor> forward) {
    this.training = training;
    this.forward = forward;
    this.validation = Evaluation.feed(training.validation());
    this.trained = training.evaluatesTraining() ? Evaluation.feed(training.feed().samples()) : null;
  }

  /** Throws {@link Stopped} when the training is cancelled, as the other does. */
  Evaluation validation() {
    return over(validation);
  }

  /** Over the training samples; null where that is not asked for. */
  @Nullable Evaluation training() {
    return trained == null ? null : over(trained);
  }

  private Evaluation over(Feed feed) {
    Module module = training.module();
    boolean mode = module.is_training();
    module.eval();
    try {
      return Evaluation.of(forward, training.loss(), training.metrics(), feed, training::cancelled);
    } catch (OutOfMemoryError | RuntimeException e) {
      throw Fit.explained(e, feed, feed.batching().size(feed.samples().rows()));
    } finally {
      module.train(mode);
    }
  }

  @Override
  public void close() {
    validation.close();
    if (trained != null) {
      trained.close();
    }
  }
}
