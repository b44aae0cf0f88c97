package thalweg.torch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** What a step lowers; libtorch's own functions, averaged over the batch. */
public enum Loss {
  /** Of {@code [rows, classes]} outputs before softmax and {@code [rows]} classes. */
  CROSS_ENTROPY,
  /** Of {@code [rows, 1]} outputs and {@code [rows, 1]} values. */
  MEAN_SQUARED_ERROR;

  /** The loss that fits the targets. */
  public static Loss of(Targets targets) {
    return switch (targets) {
      case Targets.Classes _ -> CROSS_ENTROPY;
      case Targets.Values _ -> MEAN_SQUARED_ERROR;
    };
  }

  /** The mean over the batch, a single number with its graph. */
  public Tensor apply(Tensor outputs, Tensor targets) {
    return switch (this) {
      case CROSS_ENTROPY -> torch.cross_entropy(outputs, targets);
      case MEAN_SQUARED_ERROR -> torch.mse_loss(outputs, targets);
    };
  }
}
