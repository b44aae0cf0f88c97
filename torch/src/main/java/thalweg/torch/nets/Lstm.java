package thalweg.torch.nets;

import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;

/**
 * A network of long short-term memory (Hochreiter and Schmidhuber 1997), step after step. The last
 * step gives the class of a sequence; of text, every step what comes next. Pictures are sequences
 * of rows.
 *
 * <p>Layers: {@code embedding} as wide as {@code hidden} for text, {@code lstm}, {@code output}.
 *
 * @param hidden units of a layer and direction
 * @param layers one above the other
 * @param dropout share of the units that training sets to 0, between layers and before the output
 * @param bidirectional whether a second one reads from the end; not for text, whose future it would
 *     see
 */
public record Lstm(
    @Hyperparameter(value = "64", range = "[1, inf)") int hidden,
    @Hyperparameter(value = "1", range = "[1, inf)") int layers,
    @Hyperparameter(value = "0", range = "[0, 1)") double dropout,
    @Hyperparameter("false") boolean bidirectional,
    @Hyperparameter("kaiming_uniform") Init init,
    @Hyperparameter(value = "1", range = "[0, inf)") double gain)
    implements Architecture {
  public Lstm {
    Hyperparameters.check(Lstm.class, hidden, layers, dropout, bidirectional, init, gain);
  }

  /** With every default. */
  public static Lstm standard() {
    return Hyperparameters.standard(Lstm.class);
  }

  public Lstm hidden(int value) {
    return Architecture.changed(this, "hidden", value);
  }

  public Lstm layers(int value) {
    return Architecture.changed(this, "layers", value);
  }

  public Lstm dropout(double value) {
    return Architecture.changed(this, "dropout", value);
  }

  public Lstm bidirectional(boolean value) {
    return Architecture.changed(this, "bidirectional", value);
  }

  public Lstm init(Init value) {
    return Architecture.changed(this, "init", value);
  }

  public Lstm gain(double value) {
    return Architecture.changed(this, "gain", value);
  }
}
