package thalweg.checkpoint.pytorch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import thalweg.checkpoint.CheckpointException;
import thalweg.memory.Buffer;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.OptimizerState;
import thalweg.optimizer.Parameter;
import thalweg.optimizer.Parameters;

/**
 * Goes on with what PyTorch has begun.
 *
 * <pre>{@code
 * // in Python: torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict()}, "run.pt")
 * optimizer.load(PyTorch.read(Path.of("run.pt"), optimizer));
 * }</pre>
 *
 * <p>Files are those of {@code torch.save}, since PyTorch 1.6. Nothing that a file says is
 * executed, and no class is looked up by a name in it: what is not a tensor, a number, text or a
 * container is refused by name.
 */
public final class PyTorch {
  private PyTorch() {}

  /**
   * Reads the optimizer's state in a file, for an optimizer of the same rule and parameters: {@code
   * optimizer.load(PyTorch.read(file, optimizer))}.
   *
   * @throws thalweg.checkpoint.CheckpointException if it is no such file, or does not fit, in one
   *     line
   */
  public static OptimizerState read(Path file, Optimizer optimizer) {
    return read(file).toState(optimizer);
  }

  /**
   * Reads the optimizer's state in a file: the file is a {@code state_dict()}, or a dict in which
   * there is one.
   */
  public static TorchOptimizerState read(Path file) {
    return read(file, "");
  }

  /**
   * Reads one of several optimizers' states in a file.
   *
   * @param at keys and places joined by dots, such as {@code optimizer} or {@code
   *     optimizer_states.0}
   */
  public static TorchOptimizerState read(Path file, String at) {
    return TorchExport.isOne(file)
        ? TorchExport.optimizer(file)
        : TorchFile.open(file).optimizer(at);
  }

  /**
   * Writes what an optimizer remembers, for Python to go on: {@code
   * optimizer.load_state_dict(torch.load(file))}, with an optimizer of the same groups and the
   * parameters in the same order. A file that ends in {@code .safetensors} is written as {@code
   * docs/pytorch-checkpoints.md} describes.
   *
   * @throws thalweg.checkpoint.CheckpointException if PyTorch has no such optimizer, or the file
   *     cannot be written; what was there is unchanged then
   */
  public static void write(Optimizer optimizer, Path file) {
    TorchOptimizerState state = new ToTorch(optimizer).stateDict();
    if (TorchExport.isNamed(file)) {
      TorchExport.write(state, file);
    } else {
      TorchWriter.write(state, file);
    }
  }

  /**
   * Writes parameters as a model's {@code state_dict()}: {@code
   * model.load_state_dict(torch.load(file), strict=False)}, strict where the model has no buffers.
   *
   * @throws thalweg.checkpoint.CheckpointException if the file cannot be written; what was there is
   *     unchanged then
   */
  public static void write(Parameters parameters, Path file) {
    Map<String, TorchTensor> tensors = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      Buffer value = parameter.value();
      tensors.put(
          parameter.name(),
          new TorchTensor(TorchType.of(value.type()), parameter.shape(), () -> value));
    }
    if (TorchExport.isNamed(file)) {
      TorchExport.write(tensors, Map.of(), file);
    } else {
      TorchWriter.write(tensors, file);
    }
  }

  /**
   * Copies a model's tensors to the parameters of these names, in place.
   *
   * @return the names of tensors in the file that no parameter has, such as those of buffers
   * @throws thalweg.checkpoint.CheckpointException naming every parameter that is not in it, or of
   *     another shape; nothing has been changed then
   */
  public static List<String> load(Path file, Parameters parameters) {
    Map<String, TorchTensor> tensors = new LinkedHashMap<>(tensors(file));
    Map<Parameter, TorchTensor> pairs = new LinkedHashMap<>();
    List<String> wrong = new ArrayList<>();
    for (Parameter parameter : parameters) {
      TorchTensor tensor = tensors.remove(parameter.name());
      if (tensor == null) {
        wrong.add("'%s' is not in it".formatted(parameter.name()));
      } else if (!tensor.shape().equals(parameter.shape())) {
        wrong.add(
            "'%s' has shape %s, here %s"
                .formatted(parameter.name(), tensor.shape(), parameter.shape()));
      } else {
        pairs.put(parameter, tensor);
      }
    }
    if (!wrong.isEmpty()) {
      throw new CheckpointException(
          "%s does not fit the parameters: %s".formatted(file, String.join("; ", wrong)));
    }
    pairs.forEach((parameter, tensor) -> parameter.value().copyFrom(tensor.values()));
    return List.copyOf(tensors.keySet());
  }

  /** The tensors of a model's {@code state_dict()}, by name; each is read when asked for. */
  public static Map<String, TorchTensor> tensors(Path file) {
    return tensors(file, "");
  }

  /**
   * The tensors of one of several models in a file.
   *
   * @param at keys and places joined by dots, such as {@code model}
   */
  public static Map<String, TorchTensor> tensors(Path file, String at) {
    return TorchExport.isOne(file) ? TorchExport.tensors(file) : TorchFile.open(file).tensors(at);
  }
}
