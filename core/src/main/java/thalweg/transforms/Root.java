package thalweg.transforms;

import thalweg.formula.Step;
import thalweg.formula.Tensor;

/** The root in an adaptive denominator, with Optax's {@code eps_root} under it. */
final class Root {
  private Root() {}

  /** {@code √(v + eps_root)}; a zero is left away. */
  static Tensor of(Tensor v, double epsRoot, Step s) {
    return (epsRoot == 0 ? v : v.plus(s.hyper("eps_root", epsRoot))).sqrt();
  }
}
