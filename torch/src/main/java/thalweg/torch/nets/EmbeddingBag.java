package thalweg.torch.nets;

import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;

/**
 * A vector for each place of a sparse vector, their sum weighted by the values, and a linear layer:
 * {@code embedding(width=16)}.
 *
 * <p>Layers: {@code embedding} {@code [vocabulary, width]}, {@code output}.
 *
 * @param width of the vectors
 * @param sparse whether the gradient of the embedding names only the places of the batch, for
 *     optimizers that take such gradients
 */
public record EmbeddingBag(
    @Hyperparameter(value = "16", range = "[1, inf)") int width,
    @Hyperparameter("false") boolean sparse,
    @Hyperparameter("kaiming_uniform") Init init,
    @Hyperparameter(value = "1", range = "[0, inf)") double gain)
    implements Architecture {
  public EmbeddingBag {
    Hyperparameters.check(EmbeddingBag.class, width, sparse, init, gain);
  }

  /** With every default. */
  public static EmbeddingBag standard() {
    return Hyperparameters.standard(EmbeddingBag.class);
  }

  public EmbeddingBag width(int value) {
    return Architecture.changed(this, "width", value);
  }

  public EmbeddingBag sparse(boolean value) {
    return Architecture.changed(this, "sparse", value);
  }

  public EmbeddingBag init(Init value) {
    return Architecture.changed(this, "init", value);
  }

  public EmbeddingBag gain(double value) {
    return Architecture.changed(this, "gain", value);
  }
}
