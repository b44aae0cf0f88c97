package thalweg.torch;

import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A forward under libtorch's autocast to bfloat16, on the CPU. */
record Autocast(UnaryOperator<Tensor> forward) implements UnaryOperator<Tensor> {
  @Override
  public Tensor apply(Tensor features) {
    boolean before = torch.is_autocast_enabled(torch.DeviceType.CPU);
    torch.set_autocast_enabled(torch.DeviceType.CPU, true);
    torch.set_autocast_dtype(torch.DeviceType.CPU, torch.ScalarType.BFloat16);
    torch.increment_nesting();
    try {
      return forward.apply(features);
    } finally {
      if (torch.decrement_nesting() == 0) {
        torch.clear_cache(); // of rounded weights, which the next step changes
      }
      torch.set_autocast_enabled(torch.DeviceType.CPU, before);
    }
  }

  /** The forward in the numbers asked for. */
  static UnaryOperator<Tensor> of(Precision precision, UnaryOperator<Tensor> forward) {
    return switch (precision) {
      case FP32 -> forward;
      case BF16 -> new Autocast(forward);
    };
  }
}
