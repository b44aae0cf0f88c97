package thalweg.torch;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import thalweg.checkpoint.RawTensor;

/** Parameters and buffers of a module beside it, in memory of their own; close it. */
final class Snapshot implements AutoCloseable {
  private final SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();

  /** The module as it stands. */
  static Snapshot of(Module module) {
    Snapshot snapshot = new Snapshot();
    try (var scope = new PointerScope();
        var guard = new NoGradGuard()) {
      ModuleTensors.named(module)
          .forEach(
              (name, tensor) -> snapshot.tensors.put(name, Libtorch.keep(tensor.detach().clone())));
    }
    return snapshot;
  }

  /** The same with every number of 16 bits in float32, for means. */
  static Snapshot wide(Module module) {
    Snapshot snapshot = new Snapshot();
    try (var scope = new PointerScope();
        var guard = new NoGradGuard()) {
      ModuleTensors.named(module)
          .forEach((name, tensor) -> {
            Tensor copy = tensor.detach().clone();
            boolean low = copy.is_floating_point() && copy.element_size() < Float.BYTES;
            snapshot.tensors.put(name, Libtorch.keep(low ? copy.to(torch.ScalarType.Float) : copy));
          });
    }
    return snapshot;
  }

  /** The same once more. */
  Snapshot copy() {
    Snapshot copy = new Snapshot();
    try (var scope = new PointerScope();
        var guard = new NoGradGuard()) {
      tensors.forEach((name, tensor) -> copy.tensors.put(name, Libtorch.keep(tensor.clone())));
    }
    return copy;
  }

  /** Takes over the module as it stands. */
  void take(Module module) {
    moveTo(module, 1);
  }

  /** Goes a share of the way to the module: s ← s + share (w − s); whole numbers all of it. */
  void moveTo(Module module, double share) {
    try (var scope = new PointerScope();
        var guard = new NoGradGuard()) {
      Map<String, Tensor> named = ModuleTensors.named(module);
      tensors.forEach((name, tensor) -> {
        Tensor live = named.get(name);
        if (live == null) {
          return;
        }
        if (share == 1 || !tensor.is_floating_point()) {
          tensor.copy_(live);
        } else {
          tensor.lerp_(live.detach().to(tensor.scalar_type()), new Scalar(share));
        }
      });
    }
  }

  /** Writes into the module, in place: addresses stay. */
  void into(Module module) {
    try (var scope = new PointerScope();
        var guard = new NoGradGuard()) {
      Map<String, Tensor> named = ModuleTensors.named(module);
      tensors.forEach((name, tensor) -> {
        Tensor live = named.get(name);
        if (live != null) {
          live.detach().copy_(tensor);
        }
      });
    }
  }

  /** Puts the tensors, in libtorch's memory, under {@code prefix + name}. */
  void putInto(Map<String, RawTensor> raw, String prefix) {
    try (var scope = new PointerScope()) {
      tensors.forEach((name, tensor) -> raw.put(prefix + name, ModuleTensors.raw(name, tensor)));
    }
  }

  /** Takes over what {@link #putInto} gave. */
  void load(Map<String, RawTensor> raw, String prefix) {
    try (var scope = new PointerScope();
        var guard = new NoGradGuard()) {
      tensors.forEach((name, tensor) -> {
        RawTensor saved = raw.get(prefix + name);
        if (saved == null || !saved.toString().equals(ModuleTensors.raw(name, tensor).toString())) {
          throw new IllegalArgumentException(
              "the checkpoint has %s under '%s%s', here it needs %s"
                  .formatted(saved, prefix, name, ModuleTensors.raw(name, tensor)));
        }
        ModuleTensors.write(saved, tensor);
      });
    }
  }

  @Override
  public void close() {
    tensors.values().forEach(Libtorch::release);
    tensors.clear();
  }
}
