package thalweg.torch.nets;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;
import thalweg.torch.Form;

/** What {@link Cnn} describes. */
final class CnnNetwork extends LayeredNetwork {
  private record Stage(Conv2dImpl conv, UnaryOperator<Tensor> norm) {}

  private final Cnn shape;
  private final Form.Image image;
  private final List<Stage> stages = new ArrayList<>();
  private final @Nullable LinearImpl hidden;
  private final LinearImpl output;

  CnnNetwork(Cnn shape, Form.Image image, int outputs) {
    this.shape = shape;
    this.image = image;
    if (shape.kernel() > Math.min(image.height(), image.width())) {
      throw new IllegalArgumentException(
          "cnn has a kernel of %d x %d, larger than the pictures of %d x %d; give a smaller kernel"
              .formatted(shape.kernel(), shape.kernel(), image.height(), image.width()));
    }
    Layers layers = Layers.of(this);
    long channels = image.channels();
    for (long size : shape.channels()) {
      int i = stages.size();
      stages.add(
          new Stage(
              layers.conv("conv" + i, channels, size, shape.kernel(), !shape.batchNorm()),
              shape.batchNorm() ? layers.batchNorm2d("norm" + i, size) : signal -> signal));
      channels = size;
    }
    int halvings = stages.size();
    long flat = channels * (image.height() >> halvings) * (image.width() >> halvings);
    if (flat == 0) {
      throw new IllegalArgumentException(
          "cnn with %d channels halves pictures of %d x %d %d times, which leaves nothing; give fewer channels"
              .formatted(halvings, image.height(), image.width(), halvings));
    }
    hidden = shape.hidden() == 0 ? null : layers.linear("hidden", flat, shape.hidden());
    output = layers.linear(Layers.OUTPUT, hidden == null ? flat : shape.hidden(), outputs);
  }

  @Override
  public Tensor forward(Tensor features) {
    Tensor signal =
        features
            .to(output.weight().scalar_type())
            .view(-1, image.channels(), image.height(), image.width());
    for (Stage stage : stages) {
      signal = torch.relu(stage.norm.apply(stage.conv.forward(signal)));
      signal = torch.max_pool2d(signal, 2, 2);
    }
    signal = torch.dropout(signal.flatten(1, -1), shape.dropout(), is_training());
    if (hidden != null) {
      signal = torch.relu(hidden.forward(signal));
      signal = torch.dropout(signal, shape.dropout(), is_training());
    }
    return output.forward(signal);
  }
}
