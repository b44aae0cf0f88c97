package thalweg.torch.nets;

import java.util.Arrays;
import java.util.List;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.torch.Activation;

/**
 * Linear layers with a normalization, an activation and dropout after each but the last: {@code
 * mlp(hidden=[64, 32])}. Takes any dense form, flat.
 *
 * <p>Layers: {@code hidden0}, {@code norm0}, {@code hidden1}, …, {@code output}.
 *
 * @param hidden sizes of the hidden layers; empty for a linear model
 * @param norm before each activation
 * @param dropout share of the hidden units that training sets to 0
 */
public record FullyConnected(
    @Hyperparameter("[64, 32]") List<Long> hidden,
    @Hyperparameter("relu") Activation activation,
    @Hyperparameter(value = "0", range = "[0, 1)") double dropout,
    @Hyperparameter("none") Norm norm,
    @Hyperparameter("kaiming_uniform") Init init,
    @Hyperparameter(value = "1", range = "[0, inf)") double gain)
    implements Architecture {
  public FullyConnected {
    hidden = Sizes.of("FullyConnected.hidden", hidden);
    Hyperparameters.check(FullyConnected.class, hidden, activation, dropout, norm, init, gain);
  }

  /** With every default. */
  public static FullyConnected standard() {
    return Hyperparameters.standard(FullyConnected.class);
  }

  public FullyConnected hidden(int... sizes) {
    return Architecture.changed(
        this, "hidden", Arrays.stream(sizes).asLongStream().boxed().toList());
  }

  public FullyConnected activation(Activation value) {
    return Architecture.changed(this, "activation", value);
  }

  public FullyConnected dropout(double value) {
    return Architecture.changed(this, "dropout", value);
  }

  public FullyConnected norm(Norm value) {
    return Architecture.changed(this, "norm", value);
  }

  public FullyConnected init(Init value) {
    return Architecture.changed(this, "init", value);
  }

  public FullyConnected gain(double value) {
    return Architecture.changed(this, "gain", value);
  }
}
