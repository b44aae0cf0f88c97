package thalweg.transforms;

import java.util.Locale;

/** What one unit of a layer is, by how its weights are laid out. */
public enum Units {
  /** Layout {@code [in, out, ...]} or {@code [height, width, in, out]}: Flax, Optax. */
  COLUMNS,
  /** Layout {@code [out, in, ...]}: PyTorch. */
  ROWS;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
