package thalweg.torch.nets;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import thalweg.torch.Libtorch;

/**
 * A module that answers a batch of samples.
 *
 * <p>{@link #close} frees a network that {@link Networks} made with its layers, at once.
 */
public abstract class Network extends Module {
  /** All that {@link Layers} made: layers, bare parameters. */
  final List<Pointer> parts = new ArrayList<>();

  /** How each parameter starts, by its name. */
  final List<Start> starts = new ArrayList<>();

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
    return parameter.startsWith(Layers.OUTPUT + ".");
  }

  /** Frees the layers too, once the last reference is given back; {@link #close} comes here. */
  @Override
  public boolean releaseReference() {
    boolean released = super.releaseReference();
    if (isNull()) {
      parts.forEach(Libtorch::release);
    }
    return released;
  }

  @Override
  public void deallocate() {
    super.deallocate();
    parts.forEach(Pointer::deallocate);
  }
}
