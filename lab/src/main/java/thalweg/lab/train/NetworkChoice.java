package thalweg.lab.train;

import java.nio.file.Path;
import java.util.Optional;
import thalweg.checkpoint.CheckpointException;
import thalweg.checkpoint.ModelFile;
import thalweg.lab.BadInput;
import thalweg.lab.data.Prepared;
import thalweg.optimizer.LoadOptions;
import thalweg.optimizer.LoadReport;
import thalweg.torch.Form;
import thalweg.torch.Loss;
import thalweg.torch.ModuleTensors;
import thalweg.torch.Network;
import thalweg.torch.nets.Architecture;
import thalweg.torch.nets.Networks;

/** The network that the settings ask for: {@code --model}, or one that fits the data. */
public final class NetworkChoice {
  private NetworkChoice() {}

  /** The architecture of {@code --model}, or that for data of a form. */
  static Architecture architecture(TrainSettings settings, Form form) {
    return Networks.parse(settings.find(TrainOption.MODEL).orElseGet(() -> standard(form)));
  }

  /** The text form of what data of a form are learned with, unless told otherwise. */
  public static String standard(Form form) {
    return switch (form) {
      case Form.Table _ -> "mlp";
      case Form.Image _ -> "cnn";
      case Form.Sequence _ -> "lstm";
      case Form.Text _ -> "lstm(hidden=128)";
      case Form.Sparse _ -> "embedding";
    };
  }

  /**
   * The network, with the weights of {@code --from} where they fit.
   *
   * @throws BadInput if network, data and loss do not go together, or nothing of the file fits
   */
  static Network of(
      Architecture architecture, TrainSettings settings, Prepared data, Loss loss, TrainText text) {
    Network network;
    try {
      int outputs = loss.outputs(data.train().targets());
      network = Networks.of(architecture, data.form(), outputs, settings.seed());
    } catch (IllegalArgumentException e) {
      throw new BadInput("data '%s': %s".formatted(data.name(), e.getMessage()), e);
    }
    Optional<Path> from = settings.path(TrainOption.FROM);
    if (from.isPresent()) {
      try {
        text.fact("weights", load(network, from.get()));
      } catch (RuntimeException e) {
        network.close();
        throw e;
      }
    }
    return network;
  }

  private static String load(Network network, Path file) {
    LoadReport report;
    try {
      report = ModuleTensors.load(network, ModelFile.load(file), LoadOptions.lenient());
    } catch (CheckpointException e) {
      throw new BadInput("--from: %s; check the path".formatted(e.getMessage()), e);
    }
    if (report.loaded().isEmpty()) {
      throw new BadInput(
          "--from %s: none of its tensors fits this network; give the file of a network of the same --model"
              .formatted(file));
    }
    return "from %s: %s".formatted(file, report.toString().strip().replaceAll("\\R", "; "));
  }
}
