package thalweg.transforms;

import java.util.Locale;

/** Where ε stands in Adam's denominator. */
public enum EpsPlacement {
  /** {@code √v̂ + ε}: the paper, PyTorch. */
  OUTSIDE,
  /** {@code √(v̂ + ε)}: many lecture notes. */
  INSIDE;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
