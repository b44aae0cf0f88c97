package thalweg.torch;

/** In which numbers a network goes forward and backward; its weights stay as they are. */
public enum Precision {
  /** As the weights are. */
  FP32,
  /**
   * Mixed: libtorch's autocast does products of matrices, convolutions and attention in bfloat16,
   * normalizations, softmax and losses in float32. Gradients and updates are of float32, so no loss
   * scaling is needed, and no second copy of the weights is kept.
   */
  BF16
}
