package thalweg.torch.nets;

import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.BatchNorm1dImpl;
import org.bytedeco.pytorch.BatchNorm2dImpl;
import org.bytedeco.pytorch.BatchNormOptions;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.Conv2dOptions;
import org.bytedeco.pytorch.EmbeddingImpl;
import org.bytedeco.pytorch.EmbeddingOptions;
import org.bytedeco.pytorch.GRUImpl;
import org.bytedeco.pytorch.GRUOptions;
import org.bytedeco.pytorch.LSTMImpl;
import org.bytedeco.pytorch.LSTMOptions;
import org.bytedeco.pytorch.LayerNormImpl;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.LongVector;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import thalweg.torch.Libtorch;

/** Makes the layers of a network under names, and notes how their parameters start. */
final class Layers {
  /** The name of every network's last layer. */
  static final String OUTPUT = "output";

  private final LayeredNetwork network;
  private final Module parent;
  private final String prefix;

  private Layers(LayeredNetwork network, Module parent, String prefix) {
    this.network = network;
    this.parent = parent;
    this.prefix = prefix;
  }

  static Layers of(LayeredNetwork network) {
    return new Layers(network, network, "");
  }

  /** Layers whose names begin with {@code name.}. */
  Layers inside(String name) {
    return new Layers(network, add(name, new Module(name)), prefix + name + ".");
  }

  LinearImpl linear(String name, long inputs, long outputs) {
    weightAndBias(name, inputs);
    return add(name, new LinearImpl(inputs, outputs));
  }

  /** Keeps height and width; of an odd kernel. */
  Conv2dImpl conv(String name, long inputs, long outputs, long kernel, boolean bias) {
    Conv2dOptions options = new Conv2dOptions(inputs, outputs, new LongPointer(kernel, kernel));
    options.padding().put(new LongPointer(kernel / 2, kernel / 2));
    options.bias().put(bias);
    weightAndBias(name, inputs * kernel * kernel);
    return add(name, new Conv2dImpl(options));
  }

  /** Of {@code [rows, channels, height, width]}. */
  UnaryOperator<Tensor> batchNorm2d(String name, long channels) {
    identity(name);
    return add(name, new BatchNorm2dImpl(new BatchNormOptions(channels)))::forward;
  }

  /** Of {@code [rows, width]}. */
  UnaryOperator<Tensor> norm(Norm norm, String name, long width) {
    return switch (norm) {
      case NONE -> signal -> signal;
      case BATCH -> {
        identity(name);
        yield add(name, new BatchNorm1dImpl(new BatchNormOptions(width)))::forward;
      }
      case LAYER -> layerNorm(name, width)::forward;
    };
  }

  LayerNormImpl layerNorm(String name, long width) {
    identity(name);
    return add(name, new LayerNormImpl(new LongVector(new long[] {width})));
  }

  EmbeddingImpl embedding(String name, long rows, long width, double deviation) {
    start(name + ".weight", new Start.Normal(deviation));
    return add(name, new EmbeddingImpl(new EmbeddingOptions(rows, width)));
  }

  /** Signal {@code [rows, steps, inputs]} to {@code [rows, steps, directions · hidden]}. */
  UnaryOperator<Tensor> lstm(String name, long inputs, Lstm shape) {
    LSTMOptions options = new LSTMOptions(inputs, shape.hidden());
    options.batch_first().put(true);
    options.num_layers().put(shape.layers());
    options.dropout().put(shape.layers() > 1 ? shape.dropout() : 0);
    options.bidirectional().put(shape.bidirectional());
    recurrent(name, 4, inputs, shape.hidden(), shape.layers(), shape.bidirectional());
    LSTMImpl layer = add(name, new LSTMImpl(options));
    return signal -> layer.forward(signal).get0();
  }

  /** As {@link #lstm}. */
  UnaryOperator<Tensor> gru(String name, long inputs, Gru shape) {
    GRUOptions options = new GRUOptions(inputs, shape.hidden());
    options.batch_first().put(true);
    options.num_layers().put(shape.layers());
    options.dropout().put(shape.layers() > 1 ? shape.dropout() : 0);
    options.bidirectional().put(shape.bidirectional());
    recurrent(name, 3, inputs, shape.hidden(), shape.layers(), shape.bidirectional());
    GRUImpl layer = add(name, new GRUImpl(options));
    return signal -> layer.forward(signal).get0();
  }

  /** A bare parameter. */
  Tensor parameter(String name, Start.Kind kind, long... shape) {
    start(name, kind);
    Tensor made = Libtorch.keep(torch.zeros(shape)); // what is registered may move
    parent.register_parameter(name, made);
    network.parts.add(made);
    return made;
  }

  private void recurrent(
      String name, int gates, long inputs, long hidden, long layers, boolean bidirectional) {
    double bound = 1 / Math.sqrt(hidden);
    for (int layer = 0; layer < layers; layer++) {
      long below = layer == 0 ? inputs : bidirectional ? 2 * hidden : hidden;
      for (String direction : bidirectional ? new String[] {"", "_reverse"} : new String[] {""}) {
        String end = "_l" + layer + direction;
        start(name + ".weight_ih" + end, new Start.Weight(gates, below, bound));
        start(name + ".weight_hh" + end, new Start.Weight(gates, hidden, bound));
        start(name + ".bias_ih" + end, new Start.Bias(bound));
        start(name + ".bias_hh" + end, new Start.Bias(bound));
      }
    }
  }

  private void weightAndBias(String name, long fanIn) {
    double bound = 1 / Math.sqrt(fanIn);
    start(name + ".weight", new Start.Weight(1, fanIn, bound));
    start(name + ".bias", new Start.Bias(bound));
  }

  private void identity(String name) {
    start(name + ".weight", new Start.Constant(1));
    start(name + ".bias", new Start.Constant(0));
  }

  private void start(String name, Start.Kind kind) {
    network.starts.add(new Start(prefix + name, kind));
  }

  private <M extends Module> M add(String name, M layer) {
    M registered = Libtorch.keep(parent.register_module(name, layer));
    network.parts.add(registered);
    return registered;
  }
}
