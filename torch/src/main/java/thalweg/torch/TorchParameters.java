package thalweg.torch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.StringTensorDict;
import org.bytedeco.pytorch.StringTensorDictItem;
import org.bytedeco.pytorch.Tensor;
import thalweg.optimizer.Parameter;
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
 *
 * <p>A tensor under several names (tied weights) is one parameter, under the first of them, and is
 * stepped once.
 *
 * <p>A module may be in 16 bits: call {@code module.to(torch.ScalarType.BFloat16, false)} before
 * binding it. Unless the optimizer's {@link thalweg.optimizer.Storage} says otherwise it then
 * updates float32 copies, whose rounded values the module sees; gradients are libtorch's, in the
 * module's type. Hand such a module features of its type ({@link Mlp#forward} does), compute the
 * loss in float32, and for float16 multiply it with the scale of a {@link
 * thalweg.optimizer.LossScaler}.
 *
 * <p>In a loop of your own, open a {@code PointerScope} around each forward and backward; {@link
 * Training} does:
 *
 * <pre>{@code
 * for (Batch batch : batches) {
 *   optimizer.zeroGrad();
 *   try (var scope = new PointerScope()) {
 *     loss(model.forward(batch.features()), batch.targets()).backward();
 *   }
 *   optimizer.step();
 * }
 * }</pre>
 *
 * <p>Every tensor that an operation returns is a small Java object that holds native memory, and a
 * loss holds all that its backward needs. The garbage collector sees only the small objects, has no
 * cause to run, and native memory grows until it does; the scope frees them at its end. What is
 * bound here is kept beyond any scope, until {@link #release}.
 */
public final class TorchParameters {
  private TorchParameters() {}

  /**
   * Every named parameter of a module and its submodules, in libtorch's order.
   *
   * @throws IllegalArgumentException for one that is of no floating type (float32, float64,
   *     bfloat16, float16), not contiguous or not in CPU memory; the message names it
   */
  public static Parameters of(Module module) {
    Libtorch.load();
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
    try (var scope = new PointerScope()) {
      StringTensorDict named = module.named_parameters();
      for (long i = 0; i < named.size(); i++) {
        StringTensorDictItem item = named.get(i);
        tensors.put(item.key().getString(), item.value());
      }
      return of(tensors);
    }
  }

  /**
   * Bare tensors under names of your own.
   *
   * @throws IllegalArgumentException as {@link #of(Module)}
   */
  public static Parameters of(SequencedMap<String, Tensor> tensors) {
    Libtorch.load();
    List<TorchParameter> parameters = new ArrayList<>();
    Set<Long> seen = new HashSet<>();
    try (var scope = new PointerScope()) {
      for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
        if (seen.add(entry.getValue().unsafeGetTensorImpl().address())) {
          parameters.add(new TorchParameter(entry.getKey(), entry.getValue()));
        }
      }
    }
    return Parameters.of(parameters);
  }

  /**
   * Gives back what {@link #of(Module)} keeps of a module's tensors, at once; otherwise the garbage
   * collector does, which sees no need to while native memory fills up. Call it after the last
   * step, when many models are trained one after the other. A tensor's memory is freed once the
   * module is closed as well, in either order. Parameters of another kind are left alone, and a
   * second call does nothing.
   *
   * <p>Released parameters throw {@link IllegalStateException} when asked for their value or
   * gradient. A {@link thalweg.memory.Buffer} obtained before must not be read any more.
   */
  public static void release(Parameters parameters) {
    for (Parameter parameter : parameters) {
      if (parameter instanceof TorchParameter bound) {
        bound.close();
      }
    }
  }
}
