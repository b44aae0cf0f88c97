package thalweg.torch;

import java.util.Optional;
import java.util.function.DoubleSupplier;
import thalweg.formula.Chain;
import thalweg.formula.Transformation;
import thalweg.optimizer.Optimizer;
import thalweg.transforms.SkipNonfinite;

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

  /** The learning rate of the next update; NaN if it has none. */
  default double rate() {
    return Double.NaN;
  }

  /** Whether it leaves out updates with a gradient that is not finite, by itself. */
  default boolean skipsNonFinite() {
    return false;
  }

  /** What to call it in the run's log. */
  String text();

  /** Thalweg's optimizer, whose state can be saved; empty for another. */
  default Optional<Optimizer> optimizer() {
    return Optional.empty();
  }

  /** Thalweg's optimizer, under the given text form of its rule. */
  static Stepping of(Optimizer optimizer, String text) {
    Rate rate = new Rate(optimizer);
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
      public double rate() {
        return rate.next();
      }

      @Override
      public boolean skipsNonFinite() {
        return optimizer.lossScale() != 1
            || optimizer.groups().stream().anyMatch(group -> skips(group.rule()));
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

  private static boolean skips(Transformation rule) {
    return rule instanceof SkipNonfinite
        || (rule instanceof Chain chain && chain.links().stream().anyMatch(Stepping::skips));
  }
}
