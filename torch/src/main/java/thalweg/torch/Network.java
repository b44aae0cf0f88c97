package thalweg.torch;

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

  /**
   * Whether a parameter belongs to the last layer, which gives the outputs: what is made anew when
   * a network learns another task.
   *
   * @param parameter its name in this network, such as {@code output.weight}
   */
  public boolean isHead(String parameter) {
    return parameter.startsWith("output.");
  }
}
