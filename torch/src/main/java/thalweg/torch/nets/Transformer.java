package thalweg.torch.nets;

import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;

/**
 * Attention between all steps of a sequence, normalized before each part (Vaswani et al. 2017;
 * Xiong et al. 2020 for the place of the normalization), with learned positions. The mean over the
 * steps gives the class of a sequence; of text, every step sees those before it only and says what
 * comes next. Pictures are sequences of rows.
 *
 * <p>Layers: {@code embedding} for text, else {@code input}; {@code positions}; {@code
 * block0.norm1}, {@code block0.attention} (queries, keys and values), {@code block0.projection},
 * {@code block0.norm2}, {@code block0.up}, {@code block0.down}, …; {@code norm}, {@code output}.
 *
 * @param width of the signal, a multiple of heads
 * @param heads that attend side by side
 * @param layers blocks
 * @param dropout of the attention, and of what each part adds to the signal
 * @param feedforward units between {@code up} and {@code down}, with gelu
 */
public record Transformer(
    @Hyperparameter(value = "64", range = "[1, inf)") int width,
    @Hyperparameter(value = "4", range = "[1, inf)") int heads,
    @Hyperparameter(value = "2", range = "[1, inf)") int layers,
    @Hyperparameter(value = "0.1", range = "[0, 1)") double dropout,
    @Hyperparameter(value = "128", range = "[1, inf)") int feedforward,
    @Hyperparameter("kaiming_uniform") Init init,
    @Hyperparameter(value = "1", range = "[0, inf)") double gain)
    implements Architecture {
  public Transformer {
    Hyperparameters.check(
        Transformer.class, width, heads, layers, dropout, feedforward, init, gain);
    if (width % heads != 0) {
      throw new IllegalArgumentException(
          "Transformer.width must be a multiple of heads = %d, got %d".formatted(heads, width));
    }
  }

  /** With every default. */
  public static Transformer standard() {
    return Hyperparameters.standard(Transformer.class);
  }

  public Transformer width(int value) {
    return Architecture.changed(this, "width", value);
  }

  public Transformer heads(int value) {
    return Architecture.changed(this, "heads", value);
  }

  public Transformer layers(int value) {
    return Architecture.changed(this, "layers", value);
  }

  public Transformer dropout(double value) {
    return Architecture.changed(this, "dropout", value);
  }

  public Transformer feedforward(int value) {
    return Architecture.changed(this, "feedforward", value);
  }

  public Transformer init(Init value) {
    return Architecture.changed(this, "init", value);
  }

  public Transformer gain(double value) {
    return Architecture.changed(this, "gain", value);
  }
}
