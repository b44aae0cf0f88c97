package thalweg.torch.nets;

import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;

/** A module that answers a batch of samples. */
public abstract class Network extends Module {
  /**
   * The outputs before any softmax.
   *
   * @param features {@code [rows, columns]}, float32
   * @return {@code [rows, outputs]}; of text {@code [rows, length, vocabulary]}
   */
  public abstract Tensor forward(Tensor features);
}
