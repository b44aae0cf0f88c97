package thalweg.torch;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import thalweg.memory.Buffer;
import thalweg.memory.NumberType;
import thalweg.optimizer.Parameter;
import thalweg.optimizer.Parameters;

/**
 * A fully connected network: linear layers with one activation between them.
 *
 * <p>Parameters are named {@code hidden0.weight [hidden0, inputs]}, {@code hidden0.bias [hidden0]},
 * …, {@code output.weight [outputs, last hidden]}, {@code output.bias [outputs]}.
 *
 * <p>Weights and biases start as PyTorch's linear layer does, uniform in ±1/√(inputs of the layer)
 * (Kaiming uniform with a = √5), drawn in order of the names from {@code L64X128MixRandom(seed)}:
 * the same seed gives the same network in every bit, whatever ran before in the process.
 *
 * <p>{@link #close} frees the network with its layers, at once. Tensors that are also held
 * elsewhere stay until they are given back there, those of {@link TorchParameters} by {@link
 * TorchParameters#release}.
 */
public final class Mlp extends Module {
  private final Shape shape;
  private final List<LinearImpl> layers;

  /**
   * Sizes and activation.
   *
   * @param inputs number of features, at least 1
   * @param hidden sizes of the hidden layers; empty for a linear model
   * @param outputs number of outputs, at least 1
   */
  public record Shape(int inputs, List<Integer> hidden, int outputs, Activation activation) {
    public Shape {
      hidden = List.copyOf(hidden);
      positive("inputs", inputs);
      positive("outputs", outputs);
      hidden.forEach(size -> positive("hidden", size));
    }

    private static void positive(String name, int size) {
      if (size < 1) {
        throw new IllegalArgumentException("Mlp.%s must be >= 1, got %d".formatted(name, size));
      }
    }
  }

  private Mlp(Shape shape) {
    this.shape = shape;
    this.layers = new ArrayList<>();
    int inputs = shape.inputs();
    for (int size : shape.hidden()) {
      add("hidden" + layers.size(), inputs, size);
      inputs = size;
    }
    add("output", inputs, shape.outputs());
  }

  /** A network with seeded starting weights. */
  public static Mlp of(Shape shape, long seed) {
    Libtorch.load();
    Mlp mlp;
    try (var scope = new PointerScope()) {
      mlp = Libtorch.keep(new Mlp(shape));
      mlp.layers.forEach(Libtorch::keep);
    }
    mlp.initialize(seed);
    return mlp;
  }

  /**
   * The same network, its start rounded to a type.
   *
   * @param type one that libtorch has
   */
  public static Mlp of(Shape shape, long seed, NumberType type) {
    Mlp mlp = of(shape, seed);
    mlp.to(
        switch (type) {
          case FLOAT32 -> torch.ScalarType.Float;
          case FLOAT64 -> torch.ScalarType.Double;
          case BFLOAT16 -> torch.ScalarType.BFloat16;
          case FLOAT16 -> torch.ScalarType.Half;
          case FLOAT8 ->
              throw new IllegalArgumentException("FLOAT8 is a type of states, not of networks");
        },
        false);
    return mlp;
  }

  private void add(String name, int inputs, int outputs) {
    layers.add(register_module(name, new LinearImpl(inputs, outputs)));
  }

  private void initialize(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    int inputs = shape.inputs();
    Parameters parameters = TorchParameters.of(this);
    for (Parameter parameter : parameters) {
      if (parameter.rank() == 2) {
        inputs = Math.toIntExact(parameter.shape().get(1));
      }
      double bound = 1 / Math.sqrt(inputs);
      Buffer value = parameter.value();
      for (long i = 0; i < value.length(); i++) {
        value.set(i, (2 * random.nextDouble() - 1) * bound);
      }
    }
    TorchParameters.release(parameters);
  }

  /** Sizes and activation. */
  public Shape shape() {
    return shape;
  }

  /** Frees the layers too, once the last reference is given back; {@link #close} comes here. */
  @Override
  public boolean releaseReference() {
    boolean released = super.releaseReference();
    if (isNull()) {
      layers.forEach(Libtorch::release);
    }
    return released;
  }

  @Override
  public void deallocate() {
    super.deallocate();
    layers.forEach(LinearImpl::deallocate);
  }

  /**
   * The outputs before any softmax.
   *
   * @param features {@code [rows, inputs]}, of any floating type
   * @return {@code [rows, outputs]}, in the network's type
   */
  public Tensor forward(Tensor features) {
    Tensor signal = features.to(layers.getFirst().weight().scalar_type());
    for (LinearImpl layer : layers.subList(0, layers.size() - 1)) {
      signal = shape.activation().apply(layer.forward(signal));
    }
    return layers.getLast().forward(signal);
  }
}
