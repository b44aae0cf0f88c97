package thalweg.torch.nets;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Module;
import thalweg.text.RecordSpecs;
import thalweg.torch.Form;
import thalweg.torch.Libtorch;
import thalweg.torch.Network;
import thalweg.torch.NotEnoughMemoryException;

/**
 * Makes networks of an architecture for data of a form.
 *
 * <p>In text form: {@code mlp(hidden=[64, 32])}, {@code linear}, {@code cnn(channels=[32, 64])},
 * {@code lstm(hidden=64)}, {@code gru(hidden=64)}, {@code transformer(width=64, heads=4)}, {@code
 * embedding(width=16)}; each takes {@code init=} and {@code gain=} as well.
 */
public final class Networks {
  /** The text form of architectures. */
  static final RecordSpecs<Architecture> SPECS = new RecordSpecs<>("network", kinds());

  private Networks() {}

  private static SequencedMap<String, Class<? extends Record>> kinds() {
    SequencedMap<String, Class<? extends Record>> kinds = new LinkedHashMap<>();
    kinds.put("mlp", FullyConnected.class);
    kinds.put("linear", Linear.class);
    kinds.put("cnn", Cnn.class);
    kinds.put("lstm", Lstm.class);
    kinds.put("gru", Gru.class);
    kinds.put("transformer", Transformer.class);
    kinds.put("embedding", EmbeddingBag.class);
    return kinds;
  }

  /** The names of the text form. */
  public static List<String> names() {
    return List.copyOf(SPECS.kinds().keySet());
  }

  /**
   * Reads an architecture.
   *
   * @throws thalweg.text.SpecException with one line
   */
  public static Architecture parse(String spec) {
    return SPECS.parse(spec);
  }

  /** The network of an architecture in text form; see the other one. */
  public static Network of(String spec, Form form, int outputs, long seed) {
    return of(parse(spec), form, outputs, seed);
  }

  /**
   * A network with seeded starting weights: equal arguments give equal numbers in every bit,
   * whatever ran before.
   *
   * @param form of the features
   * @param outputs classes, or 1 for a value; of text the vocabulary
   * @throws IllegalArgumentException if the architecture does not take data of that form
   * @throws NotEnoughMemoryException if libtorch has none for the weights
   */
  public static Network of(Architecture architecture, Form form, int outputs, long seed) {
    if (outputs < 1) {
      throw new IllegalArgumentException("outputs must be >= 1, got " + outputs);
    }
    Libtorch.load();
    try (var scope = new PointerScope()) {
      LayeredNetwork network = Libtorch.keep(make(architecture, form, outputs));
      Initialization.start(network, network.starts, architecture.init(), architecture.gain(), seed);
      return network;
    } catch (RuntimeException e) {
      if (NotEnoughMemoryException.isBehind(e)) {
        throw new NotEnoughMemoryException(
            "libtorch has no memory for the weights of %s (%s); make the network smaller"
                .formatted(architecture.text(), NotEnoughMemoryException.reason(e)),
            e);
      }
      throw e;
    }
  }

  private static LayeredNetwork make(Architecture architecture, Form form, int outputs) {
    return switch (architecture) {
      case FullyConnected mlp -> new FullyConnectedNetwork(mlp, flat("mlp", form), outputs);
      case Linear _ when form instanceof Form.Sparse sparse -> BagNetwork.linear(sparse, outputs);
      case Linear _ ->
          new FullyConnectedNetwork(
              FullyConnected.standard().hidden(new int[0]), flat("linear", form), outputs);
      case Cnn cnn -> {
        if (form instanceof Form.Image image) {
          yield new CnnNetwork(cnn, image, outputs);
        }
        throw unfit("cnn", "pictures", form);
      }
      case Lstm lstm ->
          new RecurrentNetwork(
              Steps.of("lstm", form),
              lstm.hidden(),
              lstm.bidirectional(),
              lstm.dropout(),
              (layers, inputs) -> layers.lstm("lstm", inputs, lstm),
              outputs);
      case Gru gru ->
          new RecurrentNetwork(
              Steps.of("gru", form),
              gru.hidden(),
              gru.bidirectional(),
              gru.dropout(),
              (layers, inputs) -> layers.gru("gru", inputs, gru),
              outputs);
      case Transformer transformer ->
          new TransformerNetwork(transformer, Steps.of("transformer", form), outputs);
      case EmbeddingBag bag -> {
        if (form instanceof Form.Sparse sparse) {
          yield BagNetwork.of(bag, sparse, outputs);
        }
        throw unfit("embedding", "sparse vectors", form);
      }
    };
  }

  private static int flat(String name, Form form) {
    return switch (form) {
      case Form.Table _, Form.Image _, Form.Sequence _ -> form.columns();
      case Form.Text _, Form.Sparse _ -> throw unfit(name, "plain numbers", form);
    };
  }

  /** What to say when an architecture cannot read the data. */
  static IllegalArgumentException unfit(String name, String needs, Form form) {
    String data =
        switch (form) {
          case Form.Table(int columns) -> "a table of %d columns".formatted(columns);
          case Form.Image(int channels, int height, int width) ->
              "pictures of %d x %d x %d".formatted(channels, height, width);
          case Form.Sequence(int steps, int features) ->
              "sequences of %d steps of %d numbers".formatted(steps, features);
          case Form.Text(int length, int vocabulary) ->
              "texts of %d tokens out of %d".formatted(length, vocabulary);
          case Form.Sparse(int _, int vocabulary) ->
              "sparse vectors of %d numbers".formatted(vocabulary);
        };
    String use =
        switch (form) {
          case Form.Table _ -> "mlp or linear";
          case Form.Image _ -> "cnn, mlp, linear, lstm, gru or transformer";
          case Form.Sequence _ -> "lstm, gru, transformer, mlp or linear";
          case Form.Text _ -> "lstm, gru or transformer";
          case Form.Sparse _ -> "embedding or linear";
        };
    return new IllegalArgumentException(
        "%s needs %s, the data are %s; use %s".formatted(name, needs, data, use));
  }

  /**
   * A table of a module's layers: name, parameters with their shapes, and how many numbers they
   * have; the last line is the sum.
   */
  public static String describe(Module module) {
    return Description.of(module);
  }
}
