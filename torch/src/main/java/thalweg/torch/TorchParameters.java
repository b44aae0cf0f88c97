package thalweg.torch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.StringTensorDict;
import org.bytedeco.pytorch.StringTensorDictItem;
import org.bytedeco.pytorch.Tensor;
import thalweg.optimizer.Parameters;

/**
 * The parameters of a libtorch module, by their libtorch names, in libtorch's own memory.
 *
 * <p>Nothing is copied: a step writes the tensors that the next forward reads, and reads the
 * gradients that backward wrote. libtorch is not told about the writes (its version counters stay),
 * so step only between a backward and the next forward.
 *
 * <p>Zero gradients with {@code optimizer.zeroGrad()}, which writes zeros in place. {@code
 * module.zero_grad()} sets them to none: the parameter is skipped until the next backward, which
 * allocates anew; that is noticed and works, but each such round costs an allocation, and a {@link
 * thalweg.memory.Buffer} obtained before must not be read any more, for libtorch has freed it.
 *
 * <p>A parameter with {@code requires_grad(false)} is listed and skipped; the flag may change at
 * any time.
 */
public final class TorchParameters {
  private TorchParameters() {}

  /**
   * Every named parameter of a module and its submodules, in libtorch's order.
   *
   * @throws IllegalArgumentException for one that is not float32 or float64, not contiguous or not
   *     in CPU memory; the message names it
   */
  public static Parameters of(Module module) {
    Libtorch.load();
    List<TorchParameter> parameters = new ArrayList<>();
    try (var scope = new PointerScope()) {
      StringTensorDict named = module.named_parameters();
      for (long i = 0; i < named.size(); i++) {
        StringTensorDictItem item = named.get(i);
        parameters.add(new TorchParameter(item.key().getString(), item.value()));
      }
    }
    return Parameters.of(parameters);
  }

  /**
   * Bare tensors under names of your own.
   *
   * @throws IllegalArgumentException as {@link #of(Module)}
   */
  public static Parameters of(SequencedMap<String, Tensor> tensors) {
    Libtorch.load();
    List<TorchParameter> parameters = new ArrayList<>();
    try (var scope = new PointerScope()) {
      for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
        parameters.add(new TorchParameter(entry.getKey(), entry.getValue()));
      }
    }
    return Parameters.of(parameters);
  }
}
