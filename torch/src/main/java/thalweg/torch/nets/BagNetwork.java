package thalweg.torch.nets;

import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;
import thalweg.torch.Form;

/** What {@link EmbeddingBag} describes, and {@link Linear} of sparse vectors. */
final class BagNetwork extends LayeredNetwork {
  private static final int SUM = 0;

  private final Form.Sparse form;
  private final boolean sparse;
  private final Tensor table;
  private final @Nullable Tensor bias;
  private final @Nullable LinearImpl output;

  private BagNetwork(Form.Sparse form, int width, boolean sparse, boolean linear, int outputs) {
    this.form = form;
    this.sparse = sparse;
    Layers layers = Layers.of(this);
    String name = linear ? Layers.OUTPUT : "embedding";
    Layers inside = layers.inside(name);
    double bound = 1 / Math.sqrt(form.vocabulary());
    Start.Kind start = linear ? new Start.Weight(1, form.vocabulary(), bound) : new Start.Normal(1);
    table = inside.parameter("weight", start, form.vocabulary(), width);
    bias = linear ? inside.parameter("bias", new Start.Bias(bound), outputs) : null;
    output = linear ? null : layers.linear(Layers.OUTPUT, width, outputs);
  }

  static BagNetwork of(EmbeddingBag shape, Form.Sparse form, int outputs) {
    return new BagNetwork(form, shape.width(), shape.sparse(), false, outputs);
  }

  /** The weights of a linear model are a table of rows as wide as its outputs. */
  static BagNetwork linear(Form.Sparse form, int outputs) {
    return new BagNetwork(form, outputs, false, true, outputs);
  }

  @Override
  public Tensor forward(Tensor features) {
    Tensor places = features.narrow(1, 0, form.entries()).to(torch.ScalarType.Long);
    Tensor values = features.narrow(1, form.entries(), form.entries());
    Tensor used = values.ne(new Scalar(0));
    Tensor counts = used.sum(1);
    Tensor sum =
        torch
            .embedding_bag(
                table,
                places.masked_select(used),
                counts.cumsum(0).sub(counts),
                false,
                SUM,
                sparse,
                new TensorOptional(values.masked_select(used).to(table.scalar_type())),
                false)
            .get0();
    if (output != null) {
      return output.forward(sum);
    }
    return bias == null ? sum : sum.add(bias);
  }
}
