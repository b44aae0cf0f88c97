package thalweg.torch;

import java.util.Optional;
import java.util.function.DoubleSupplier;
import thalweg.optimizer.Optimizer;

/** What a training loop needs of an optimizer: Thalweg's own, or another to compare with. */
public interface Stepping {
  /** Sets all gradients to zero. */
  void zeroGrad();

  /** Updates all parameters from their gradients. */
  void step();

  /** Computes the gradients by a closure, and updates; returns the closure's loss. */
  default double step(DoubleSupplier closure) {
    double loss = closure.getAsDouble();
    step();
    return loss;
  }

  /** What the loss is to be multiplied with before going backward; the step divides by it. */
  default double lossScale() {
    return 1;
  }

  /** An epoch has ended, with this loss on the validation samples. */
  default void endEpoch(double validationLoss) {}

  /** What to call it in the run's log. */
  String text();

  /** Thalweg's optimizer, whose state can be saved; empty for another. */
  default Optional<Optimizer> optimizer() {
    return Optional.empty();
  }

  /** Thalweg's optimizer, under the given text form of its rule. */
  static Stepping of(Optimizer optimizer, String text) {
    return new Stepping() {
      @Override
      public void zeroGrad() {
        optimizer.zeroGrad();
      }

      @Override
      public void step() {
        optimizer.step();
      }

      @Override
      public double step(DoubleSupplier closure) {
        return optimizer.step(closure);
      }

      @Override
      public double lossScale() {
        return optimizer.lossScale();
      }

      @Override
      public void endEpoch(double validationLoss) {
        optimizer.report(validationLoss);
        optimizer.endEpoch();
      }

      @Override
      public String text() {
        return text;
      }

      @Override
      public Optional<Optimizer> optimizer() {
        return Optional.of(optimizer);
      }
    };
  }
}
