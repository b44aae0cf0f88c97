package thalweg.torch;

/** What a training loop needs of an optimizer: Thalweg's own, or another to compare with. */
public interface Stepping {
  /** Sets all gradients to zero. */
  void zeroGrad();

  /** Updates all parameters from their gradients. */
  void step();

  /** What to call it in the run's log. */
  String text();
}
