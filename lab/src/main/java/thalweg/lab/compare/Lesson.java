package thalweg.lab.compare;

import java.util.List;
import org.jspecify.annotations.Nullable;
import thalweg.lab.BadInput;
import thalweg.lab.data.Prepared;
import thalweg.lab.train.NetworkChoice;
import thalweg.optimizer.Parameters;
import thalweg.torch.Form;
import thalweg.torch.Loss;
import thalweg.torch.Metric;
import thalweg.torch.Network;
import thalweg.torch.Targets;
import thalweg.torch.TorchParameters;
import thalweg.torch.nets.Architecture;
import thalweg.torch.nets.FullyConnected;
import thalweg.torch.nets.Networks;

/**
 * What there is to learn, the same for every optimizer: data, network and loss.
 *
 * @param metric what the score is: R² of numbers, accuracy of classes
 */
record Lesson(Prepared data, Architecture model, Loss loss, Metric metric) {
  private static final long MOST_PARAMETERS = 100_000_000;

  /**
   * Of texts.
   *
   * @param model null for one hidden layer of 64, or where the data do not take that, what {@link
   *     NetworkChoice} says
   * @throws BadInput if data, network and loss do not go together
   */
  static Lesson of(Prepared data, @Nullable String model, @Nullable String loss) {
    Targets targets = data.train().targets();
    Loss lowered;
    try {
      lowered = loss == null ? Loss.of(targets) : Loss.parse(loss);
      lowered.outputs(targets);
    } catch (IllegalArgumentException e) {
      throw new BadInput("data '%s': %s".formatted(data.name(), e.getMessage()), e);
    }
    Metric metric = targets instanceof Targets.Values ? Metric.r2() : Metric.accuracy();
    Architecture network = Networks.parse(model == null ? standard(data.form()) : model);
    Lesson lesson = new Lesson(data, network, lowered, metric);
    if (lesson.model instanceof FullyConnected mlp) {
      lesson.checkSize(mlp.hidden());
    }
    return lesson;
  }

  private static String standard(Form form) {
    return switch (form) {
      case Form.Table _, Form.Image _, Form.Sequence _ -> "mlp(hidden=[64])";
      case Form.Text _, Form.Sparse _ -> NetworkChoice.standard(form);
    };
  }

  /** Before memory is asked for: weights and biases of all layers. */
  private void checkSize(List<Long> hidden) {
    double sum = 0; // exact as far as the limit, and no overflow beyond
    double inputs = data.form().columns();
    for (long outputs : hidden) {
      sum += (inputs + 1) * outputs;
      inputs = outputs;
    }
    long learned = (long) (sum + (inputs + 1) * outputs());
    if (learned > MOST_PARAMETERS) {
      throw new BadInput(
          "a network of hidden layers %s on %d features learns %d numbers, at most %d are taken; make it smaller"
              .formatted(hidden, data.form().columns(), learned, MOST_PARAMETERS));
    }
  }

  private int outputs() {
    return loss.outputs(data.train().targets());
  }

  /**
   * A network with seeded starting weights.
   *
   * @throws BadInput if it cannot take the data
   */
  Network network(long seed) {
    try {
      return Networks.of(model, data.form(), outputs(), seed);
    } catch (IllegalArgumentException e) {
      throw new BadInput("data '%s': %s".formatted(data.name(), e.getMessage()), e);
    }
  }

  /** How many numbers the network learns. */
  long parameters() {
    Network network = network(0);
    Parameters parameters = TorchParameters.of(network);
    try {
      return parameters.elements();
    } finally {
      TorchParameters.release(parameters);
      network.close();
    }
  }

  /** Widths of the hidden layers; empty for a linear model, and for others than these. */
  List<Integer> hidden() {
    return model instanceof FullyConnected mlp
        ? mlp.hidden().stream().map(Math::toIntExact).toList()
        : List.of();
  }

  /** The loss in words: {@code cross entropy}. */
  String lossWords() {
    return switch (loss.text()) {
      case "mse" -> "mean squared error";
      case "mae" -> "mean absolute error";
      case String text -> text.replace('_', ' ');
    };
  }
}
