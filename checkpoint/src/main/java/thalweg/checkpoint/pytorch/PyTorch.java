package thalweg.checkpoint.pytorch;

import java.nio.file.Path;
import java.util.Map;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.OptimizerState;

/**
 * Goes on with what PyTorch has begun.
 *
 * <pre>{@code
 * // in Python: torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict()}, "run.pt")
 * optimizer.load(PyTorch.read(Path.of("run.pt"), optimizer));
 * }</pre>
 *
 * <p>Files are those of {@code torch.save}, since PyTorch 1.6. Nothing that a file says is executed,
 * and no class is looked up by a name in it: what is not a tensor, a number, text or a container is
 * refused by name.
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
    return TorchFile.open(file).optimizer("");
  }

  /**
   * Reads one of several optimizers' states in a file.
   *
   * @param at keys and places joined by dots, such as {@code optimizer} or {@code
   *     optimizer_states.0}
   */
  public static TorchOptimizerState read(Path file, String at) {
    return TorchFile.open(file).optimizer(at);
  }

  /** The tensors of a model's {@code state_dict()}, by name; each is read when asked for. */
  public static Map<String, TorchTensor> tensors(Path file) {
    return TorchFile.open(file).tensors("");
  }

  /**
   * The tensors of one of several models in a file.
   *
   * @param at keys and places joined by dots, such as {@code model}
   */
  public static Map<String, TorchTensor> tensors(Path file, String at) {
    return TorchFile.open(file).tensors(at);
  }
}
