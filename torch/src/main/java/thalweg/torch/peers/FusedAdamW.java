package thalweg.torch.peers;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.CompilationUnit;
import org.bytedeco.pytorch.Function;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.QualifiedName;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorType;
import org.bytedeco.pytorch.Type;
import org.bytedeco.pytorch.global.torch;
import thalweg.optimizer.Parameters;
import thalweg.torch.Libtorch;

/**
 * libtorch's fused AdamW, {@code aten::_fused_adamw_}: one kernel over all tensors, what PyTorch
 * runs for {@code AdamW(fused=True)} on the CPU.
 *
 * <p>C++ has no call for it, so TorchScript makes it. The tensors must come in as lists: with lists
 * written inside the script, the optimizer of TorchScript takes the call for dead code and drops
 * it, and nothing moves. Step counters are advanced as PyTorch advances them, by {@code
 * _foreach_add_}.
 */
public final class FusedAdamW implements Peer {
  private static final String SCRIPT =
      """
      def step(parameters: List[Tensor], gradients: List[Tensor], exp_avgs: List[Tensor],
               exp_avg_sqs: List[Tensor], nothing: List[Tensor], steps: List[Tensor],
               lr: float, beta1: float, beta2: float, weight_decay: float, eps: float):
          torch._foreach_add_(steps, 1)
          torch._fused_adamw_(parameters, gradients, exp_avgs, exp_avg_sqs, nothing, steps,
              lr=lr, beta1=beta1, beta2=beta2, weight_decay=weight_decay, eps=eps,
              amsgrad=False, maximize=False)
      """;

  private final PeerTensors tensors;
  private final List<Pointer> held = new ArrayList<>();
  private final Function step;
  private final IValueVector arguments;

  private FusedAdamW(
      PeerTensors tensors, double lr, double beta1, double beta2, double eps, double weightDecay) {
    this.tensors = tensors;
    List<Tensor> averages = new ArrayList<>();
    List<Tensor> squares = new ArrayList<>();
    List<Tensor> steps = new ArrayList<>();
    for (Tensor tensor : tensors.tensors()) {
      averages.add(torch.zeros_like(tensor.detach()));
      squares.add(torch.zeros_like(tensor.detach()));
      steps.add(torch.zeros(new long[0]));
    }
    CompilationUnit unit = torch.compile(SCRIPT);
    this.step = hold(unit).get_function(new QualifiedName("step"));
    hold(step);
    this.arguments =
        hold(
            new IValueVector(
                list(tensors.tensors()),
                list(tensors.gradients()),
                list(averages),
                list(squares),
                list(List.of()),
                list(steps),
                new IValue(lr),
                new IValue(beta1),
                new IValue(beta2),
                new IValue(weightDecay),
                new IValue(eps)));
  }

  /**
   * AdamW over fresh vectors.
   *
   * @param sizes number of elements of each vector
   */
  public static FusedAdamW of(
      double lr, double beta1, double beta2, double eps, double weightDecay, List<Long> sizes) {
    Libtorch.load();
    try (var scope = new PointerScope()) {
      return new FusedAdamW(new PeerTensors(sizes), lr, beta1, beta2, eps, weightDecay);
    }
  }

  private static IValue list(List<Tensor> tensors) {
    GenericList list = new GenericList(new Type.TypePtr(TensorType.get()));
    for (Tensor tensor : tensors) {
      list.push_back(new IValue(tensor));
    }
    return new IValue(list);
  }

  private <P extends Pointer> P hold(P pointer) {
    pointer.retainReference();
    held.add(pointer);
    return pointer;
  }

  @Override
  public String name() {
    return "libtorch fused adamw";
  }

  @Override
  public void step() {
    try (var guard = new NoGradGuard();
        IValue nothing = step.apply(arguments)) {
      assert nothing.isNone();
    }
  }

  @Override
  public Parameters parameters() {
    return tensors.parameters();
  }

  @Override
  public void close() {
    held.reversed().forEach(Pointer::releaseReference);
    held.clear();
    tensors.close();
  }
}
