package thalweg.torch.nets;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.EmbeddingImpl;
import org.bytedeco.pytorch.LayerNormImpl;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** What {@link Transformer} describes. */
final class TransformerNetwork extends LayeredNetwork {
  /** Standard deviation of embeddings and positions, as in GPT-2 (Radford et al. 2019). */
  private static final double DEVIATION = 0.02;

  private record Block(
      LayerNormImpl norm1,
      LinearImpl attention,
      LinearImpl projection,
      LayerNormImpl norm2,
      LinearImpl up,
      LinearImpl down) {}

  private final Transformer shape;
  private final Steps steps;
  private final @Nullable EmbeddingImpl embedding;
  private final @Nullable LinearImpl input;
  private final EmbeddingImpl positions;
  private final List<Block> blocks = new ArrayList<>();
  private final LayerNormImpl norm;
  private final LinearImpl output;

  TransformerNetwork(Transformer shape, Steps steps, int outputs) {
    this.shape = shape;
    this.steps = steps;
    Layers layers = Layers.of(this);
    int width = shape.width();
    boolean text = steps instanceof Steps.Tokens;
    embedding = text ? layers.embedding("embedding", steps.features(), width, DEVIATION) : null;
    input = text ? null : layers.linear("input", steps.features(), width);
    positions = layers.embedding("positions", steps.length(), width, DEVIATION);
    for (int i = 0; i < shape.layers(); i++) {
      Layers inside = layers.inside("block" + i);
      blocks.add(
          new Block(
              inside.layerNorm("norm1", width),
              inside.linear("attention", width, 3L * width),
              inside.linear("projection", width, width),
              inside.layerNorm("norm2", width),
              inside.linear("up", width, shape.feedforward()),
              inside.linear("down", shape.feedforward(), width)));
    }
    norm = layers.layerNorm("norm", width);
    output = layers.linear(Layers.OUTPUT, width, outputs);
  }

  @Override
  public Tensor forward(Tensor features) {
    Tensor signal = steps.view(features, output.weight().scalar_type());
    if (embedding != null) {
      signal = embedding.forward(signal);
    } else if (input != null) {
      signal = input.forward(signal);
    }
    signal = dropout(signal.add(positions.weight().narrow(0, 0, signal.size(1))));
    for (Block block : blocks) {
      signal = signal.add(dropout(attend(block, block.norm1.forward(signal))));
      Tensor up = torch.gelu(block.up.forward(block.norm2.forward(signal)));
      signal = signal.add(dropout(block.down.forward(up)));
    }
    signal = norm.forward(signal);
    return output.forward(embedding == null ? signal.mean(1) : signal);
  }

  /** {@code [rows, steps, width]} to the same. */
  private Tensor attend(Block block, Tensor signal) {
    long rows = signal.size(0);
    long count = signal.size(1);
    long size = shape.width() / shape.heads();
    Tensor three =
        block
            .attention
            .forward(signal)
            .view(rows, count, 3, shape.heads(), size)
            .permute(2, 0, 3, 1, 4);
    Tensor attended =
        torch.scaled_dot_product_attention(
            three.select(0, 0),
            three.select(0, 1),
            three.select(0, 2),
            new TensorOptional(),
            is_training() ? shape.dropout() : 0,
            embedding != null,
            new DoubleOptional(),
            false);
    return block.projection.forward(attended.transpose(1, 2).reshape(rows, count, shape.width()));
  }

  private Tensor dropout(Tensor signal) {
    return torch.dropout(signal, shape.dropout(), is_training());
  }
}
