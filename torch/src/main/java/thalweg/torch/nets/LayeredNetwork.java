package thalweg.torch.nets;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import thalweg.torch.Libtorch;
import thalweg.torch.Network;

/** A network that {@link Networks} made of {@link Layers}; {@link #close} frees them, at once. */
abstract class LayeredNetwork extends Network {
  /** All that {@link Layers} made: layers, bare parameters. */
  final List<Pointer> parts = new ArrayList<>();

  /** How each parameter starts, by its name. */
  final List<Start> starts = new ArrayList<>();

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
