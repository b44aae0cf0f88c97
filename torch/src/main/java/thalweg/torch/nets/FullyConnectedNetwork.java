package thalweg.torch.nets;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** What {@link FullyConnected} and {@link Linear} describe. */
final class FullyConnectedNetwork extends LayeredNetwork {
  private record Stage(LinearImpl linear, UnaryOperator<Tensor> norm) {}

  private final FullyConnected shape;
  private final List<Stage> stages = new ArrayList<>();
  private final LinearImpl output;

  FullyConnectedNetwork(FullyConnected shape, int inputs, int outputs) {
    this.shape = shape;
    Layers layers = Layers.of(this);
    long below = inputs;
    for (long size : shape.hidden()) {
      int i = stages.size();
      stages.add(
          new Stage(
              layers.linear("hidden" + i, below, size),
              layers.norm(shape.norm(), "norm" + i, size)));
      below = size;
    }
    output = layers.linear(Layers.OUTPUT, below, outputs);
  }

  @Override
  public Tensor forward(Tensor features) {
    Tensor signal = features.to(output.weight().scalar_type());
    for (Stage stage : stages) {
      signal = shape.activation().apply(stage.norm.apply(stage.linear.forward(signal)));
      signal = torch.dropout(signal, shape.dropout(), is_training());
    }
    return output.forward(signal);
  }
}
