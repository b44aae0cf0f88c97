package thalweg.torch;

import thalweg.optimizer.Optimizer;

/** What a training loop needs of an optimizer: Thalweg's own, or another to compare with. */
public interface Stepping {
  /** Sets all gradients to zero. */
  void zeroGrad();

  /** Updates all parameters from their gradients. */
  void step();

  /** What to call it in the run's log. */
  String text();

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
      public String text() {
        return text;
      }
    };
  }
}
