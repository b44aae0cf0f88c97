package thalweg.torch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** What a step lowers; libtorch's own functions, averaged over the batch. */
public enum Loss {
  /**
   * Of {@code [rows, classes]} outputs before softmax and {@code [rows]} classes, or of {@code
   * [rows, length, classes]} and {@code [rows, length]}.
   */
  CROSS_ENTROPY,
  /** Of {@code [rows, 1]} outputs and {@code [rows, 1]} values. */
  MEAN_SQUARED_ERROR;

  /** The loss that fits the targets. */
  public static Loss of(Targets targets) {
    return switch (targets) {
      case Targets.Classes _, Targets.Tokens _ -> CROSS_ENTROPY;
      case Targets.Values _ -> MEAN_SQUARED_ERROR;
    };
  }

  /**
   * The mean over the batch, a single number with its graph.
   *
   * @param outputs of any floating type; the loss is computed in float32 where they have 16 bits
   */
  public Tensor apply(Tensor outputs, Tensor targets) {
    Tensor wide = inFloat32(outputs);
    return switch (this) {
      case CROSS_ENTROPY ->
          torch.cross_entropy(targets.dim() == 1 ? wide : wide.flatten(0, 1), targets.flatten());
      case MEAN_SQUARED_ERROR -> torch.mse_loss(wide, targets);
    };
  }

  /** 16-bit numbers widened, others as they are. */
  static Tensor inFloat32(Tensor outputs) {
    return outputs.element_size() < Float.BYTES ? outputs.to(torch.ScalarType.Float) : outputs;
  }
}
