package thalweg.torch.peers;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.bytedeco.javacpp.BoolPointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adagrad;
import org.bytedeco.pytorch.AdagradOptions;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.Optimizer;
import org.bytedeco.pytorch.RMSprop;
import org.bytedeco.pytorch.RMSpropOptions;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import thalweg.optimizer.Parameters;
import thalweg.torch.Libtorch;

/**
 * One of libtorch's C++ optimizers, {@code torch::optim}: a loop over tensors, an operation each.
 */
public final class LibtorchOptimizer implements Peer {
  private final Kind kind;
  private final PeerTensors tensors;
  private final Optimizer optimizer;

  /** Those that libtorch has in C++ and Thalweg too. */
  public enum Kind {
    SGD("sgd", Set.of("lr", "momentum", "dampening", "weight_decay", "nesterov")),
    ADAGRAD(
        "adagrad", Set.of("lr", "lr_decay", "weight_decay", "initial_accumulator_value", "eps")),
    RMSPROP("rmsprop", Set.of("lr", "alpha", "eps", "weight_decay", "momentum", "centered")),
    ADAM("adam", Set.of("lr", "beta1", "beta2", "eps", "weight_decay", "amsgrad")),
    ADAMW("adamw", Set.of("lr", "beta1", "beta2", "eps", "weight_decay", "amsgrad"));

    private final String text;
    private final Set<String> hyperparameters;

    Kind(String text, Set<String> hyperparameters) {
      this.text = text;
      this.hyperparameters = hyperparameters;
    }

    /** PyTorch's name in small letters. */
    public String text() {
      return text;
    }

    /** The hyperparameters it takes. */
    public Set<String> hyperparameters() {
      return hyperparameters;
    }
  }

  private LibtorchOptimizer(Kind kind, PeerTensors tensors, Optimizer optimizer) {
    this.kind = kind;
    this.tensors = tensors;
    this.optimizer = optimizer;
  }

  /**
   * An optimizer over fresh vectors.
   *
   * @param hyperparameters by PyTorch's names, betas as {@code beta1} and {@code beta2}, flags as 0
   *     or 1; what is absent keeps libtorch's default
   * @param sizes number of elements of each vector
   */
  public static LibtorchOptimizer of(
      Kind kind, Map<String, Double> hyperparameters, List<Long> sizes) {
    Set<String> unknown = new TreeSet<>(hyperparameters.keySet());
    unknown.removeAll(kind.hyperparameters());
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "libtorch's %s has no hyperparameter %s; it has %s"
              .formatted(kind.text(), unknown, new TreeSet<>(kind.hyperparameters())));
    }
    Libtorch.load();
    try (var scope = new PointerScope()) {
      PeerTensors tensors = new PeerTensors(sizes);
      TensorVector vector = new TensorVector(tensors.tensors().toArray(new Tensor[0]));
      Optimizer optimizer = create(kind, new Given(hyperparameters), vector);
      optimizer.retainReference();
      return new LibtorchOptimizer(kind, tensors, optimizer);
    }
  }

  private static Optimizer create(Kind kind, Given given, TensorVector tensors) {
    return switch (kind) {
      case SGD -> {
        var options = new SGDOptions(given.of("lr", 1e-3));
        given.set(options.momentum(), "momentum");
        given.set(options.dampening(), "dampening");
        given.set(options.weight_decay(), "weight_decay");
        given.set(options.nesterov(), "nesterov");
        yield new SGD(tensors, options);
      }
      case ADAGRAD -> {
        var options = new AdagradOptions();
        given.set(options.lr(), "lr");
        given.set(options.lr_decay(), "lr_decay");
        given.set(options.weight_decay(), "weight_decay");
        given.set(options.initial_accumulator_value(), "initial_accumulator_value");
        given.set(options.eps(), "eps");
        yield new Adagrad(tensors, options);
      }
      case RMSPROP -> {
        var options = new RMSpropOptions();
        given.set(options.lr(), "lr");
        given.set(options.alpha(), "alpha");
        given.set(options.eps(), "eps");
        given.set(options.weight_decay(), "weight_decay");
        given.set(options.momentum(), "momentum");
        given.set(options.centered(), "centered");
        yield new RMSprop(tensors, options);
      }
      case ADAM -> {
        var options = new AdamOptions();
        given.set(options.lr(), "lr");
        given.setBetas(options.betas());
        given.set(options.eps(), "eps");
        given.set(options.weight_decay(), "weight_decay");
        given.set(options.amsgrad(), "amsgrad");
        yield new Adam(tensors, options);
      }
      case ADAMW -> {
        var options = new AdamWOptions();
        given.set(options.lr(), "lr");
        given.setBetas(options.betas());
        given.set(options.eps(), "eps");
        given.set(options.weight_decay(), "weight_decay");
        given.set(options.amsgrad(), "amsgrad");
        yield new AdamW(tensors, options);
      }
    };
  }

  @Override
  public String name() {
    return "libtorch " + kind.text();
  }

  @Override
  public void step() {
    try (Tensor loss = optimizer.step()) {
      assert !loss.defined();
    }
  }

  @Override
  public Parameters parameters() {
    return tensors.parameters();
  }

  @Override
  public void close() {
    optimizer.releaseReference();
    tensors.close();
  }

  /** The hyperparameters given, written into libtorch's options. */
  private record Given(Map<String, Double> values) {
    double of(String name, double otherwise) {
      Double value = values.get(name);
      return value == null ? otherwise : value;
    }

    void set(DoublePointer place, String name) {
      place.put(of(name, place.get()));
    }

    void set(BoolPointer place, String name) {
      place.put(of(name, place.get() ? 1 : 0) != 0);
    }

    /**
     * The pair is a {@code std::tuple}, whose order in memory is the compiler's: GNU puts the last
     * first. The defaults (0.9, 0.999) say which it is.
     */
    void setBetas(DoublePointer pair) {
      int first = pair.get(0) < pair.get(1) ? 0 : 1;
      pair.put(first, of("beta1", pair.get(first)));
      pair.put(1 - first, of("beta2", pair.get(1 - first)));
    }
  }
}
