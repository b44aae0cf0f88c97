package thalweg.torch.nets;

import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.EmbeddingImpl;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** What {@link Lstm} and {@link Gru} describe. */
final class RecurrentNetwork extends LayeredNetwork {
  private final Steps steps;
  private final int hidden;
  private final boolean bidirectional;
  private final double dropout;
  private final @Nullable EmbeddingImpl embedding;
  private final UnaryOperator<Tensor> recurrent;
  private final LinearImpl output;

  /** Makes the recurrent layer for so many inputs. */
  interface Cell {
    UnaryOperator<Tensor> layer(Layers layers, long inputs);
  }

  RecurrentNetwork(
      Steps steps, int hidden, boolean bidirectional, double dropout, Cell cell, int outputs) {
    this.steps = steps;
    this.hidden = hidden;
    this.bidirectional = bidirectional;
    this.dropout = dropout;
    Layers layers = Layers.of(this);
    boolean text = steps instanceof Steps.Tokens;
    if (text && bidirectional) {
      throw new IllegalArgumentException(
          "bidirectional must be false for text: the network would see what it is to expect");
    }
    embedding = text ? layers.embedding("embedding", steps.features(), hidden, 1) : null;
    recurrent = cell.layer(layers, text ? hidden : steps.features());
    output = layers.linear(Layers.OUTPUT, bidirectional ? 2L * hidden : hidden, outputs);
  }

  @Override
  public Tensor forward(Tensor features) {
    Tensor signal = steps.view(features, output.weight().scalar_type());
    signal = recurrent.apply(embedding == null ? signal : embedding.forward(signal));
    if (embedding == null) {
      signal = ends(signal);
    }
    return output.forward(torch.dropout(signal, dropout, is_training()));
  }

  /** The last step of each direction; of the one that reads from the end that is the first. */
  private Tensor ends(Tensor signal) {
    Tensor last = signal.select(1, -1);
    if (!bidirectional) {
      return last;
    }
    Tensor first = signal.select(1, 0);
    return torch.cat(
        new TensorVector(last.narrow(1, 0, hidden), first.narrow(1, hidden, hidden)), 1);
  }
}
