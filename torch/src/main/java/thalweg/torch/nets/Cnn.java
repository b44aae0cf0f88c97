package thalweg.torch.nets;

import java.util.Arrays;
import java.util.List;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;

/**
 * Convolutions for pictures: each is followed by batch normalization, relu and max pooling that
 * halves height and width; then come dropout, a hidden linear layer with relu, dropout and the
 * output. {@code cnn(channels=[32, 64])}.
 *
 * <p>Layers: {@code conv0}, {@code norm0}, {@code conv1}, …, {@code hidden}, {@code output}.
 * Convolutions have a bias only without batch normalization, which would take it out again.
 *
 * @param channels of each convolution; pictures are halved as often, so 8 × 8 allows three
 * @param kernel height and width of the filters, odd, and no larger than the pictures, which are
 *     padded to keep their size
 * @param hidden units of the hidden layer; 0 for none
 */
public record Cnn(
    @Hyperparameter("[32, 64]") List<Long> channels,
    @Hyperparameter(value = "3", range = "[1, inf)") int kernel,
    @Hyperparameter("true") boolean batchNorm,
    @Hyperparameter(value = "0.25", range = "[0, 1)") double dropout,
    @Hyperparameter(value = "128", range = "[0, inf)") int hidden,
    @Hyperparameter("kaiming_uniform") Init init,
    @Hyperparameter(value = "1", range = "[0, inf)") double gain)
    implements Architecture {
  public Cnn {
    channels = Sizes.of("Cnn.channels", channels);
    Hyperparameters.check(Cnn.class, channels, kernel, batchNorm, dropout, hidden, init, gain);
    if (kernel % 2 == 0) {
      throw new IllegalArgumentException("Cnn.kernel must be odd, got " + kernel);
    }
    if (channels.isEmpty()) {
      throw new IllegalArgumentException("Cnn.channels must have at least one, got none");
    }
  }

  /** With every default. */
  public static Cnn standard() {
    return Hyperparameters.standard(Cnn.class);
  }

  public Cnn channels(int... sizes) {
    return Architecture.changed(
        this, "channels", Arrays.stream(sizes).asLongStream().boxed().toList());
  }

  public Cnn kernel(int value) {
    return Architecture.changed(this, "kernel", value);
  }

  public Cnn batchNorm(boolean value) {
    return Architecture.changed(this, "batch_norm", value);
  }

  public Cnn dropout(double value) {
    return Architecture.changed(this, "dropout", value);
  }

  public Cnn hidden(int value) {
    return Architecture.changed(this, "hidden", value);
  }

  public Cnn init(Init value) {
    return Architecture.changed(this, "init", value);
  }

  public Cnn gain(double value) {
    return Architecture.changed(this, "gain", value);
  }
}
