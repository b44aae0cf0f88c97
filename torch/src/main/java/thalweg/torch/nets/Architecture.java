package thalweg.torch.nets;

import thalweg.formula.Hyperparameters;

/**
 * What a network is made of, before it is known what goes in and comes out. {@link Networks} makes
 * the network.
 *
 * <p>Each is a record with a standard one, {@code Cnn.standard()}, and copies with one value
 * changed, {@code .dropout(0.5)}. Components are named as in the text form.
 */
public sealed interface Architecture
    permits FullyConnected, Linear, Cnn, Lstm, Gru, Transformer, EmbeddingBag {
  /** How the weights start. */
  Init init();

  /** Factor on the starting weights, at least 0. */
  double gain();

  /** The canonical text form, such as {@code cnn(channels=[16, 32])}. */
  default String text() {
    return Networks.SPECS.print(this);
  }

  /** A copy with one component changed. */
  static <T extends Record & Architecture> T changed(T original, String name, Object value) {
    return Hyperparameters.changed(original, name, value);
  }
}
