package thalweg.torch;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.StringTensorDict;
import org.bytedeco.pytorch.StringTensorDictItem;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import thalweg.checkpoint.ModelFile;
import thalweg.checkpoint.RawTensor;
import thalweg.checkpoint.TensorType;
import thalweg.memory.Buffer;
import thalweg.memory.NumberType;
import thalweg.optimizer.LoadOptions;
import thalweg.optimizer.LoadReport;

/**
 * All that a libtorch module keeps between two forwards: its parameters, then its buffers (the
 * running means of a normalization), under libtorch's names, which are those of PyTorch's {@code
 * state_dict}.
 */
public final class ModuleTensors {
  private ModuleTensors() {}

  /**
   * The tensors of a module, in libtorch's own memory where they lie there in one piece. The next
   * step changes them: write them to a file at once.
   */
  public static SequencedMap<String, RawTensor> of(Module module) {
    Libtorch.load();
    SequencedMap<String, RawTensor> tensors = new LinkedHashMap<>();
    try (var scope = new PointerScope()) {
      named(module).forEach((name, tensor) -> tensors.put(name, raw(name, tensor)));
    }
    return tensors;
  }

  /**
   * Writes a module to a file, as PyTorch reads it: {@code
   * model.load_state_dict(safetensors.torch.load_file(file))}.
   *
   * @throws thalweg.checkpoint.CheckpointException if that fails; what was there is unchanged then
   */
  public static void save(Module module, Path file) {
    ModelFile.save(file, of(module));
  }

  /**
   * Sets a module's tensors to those of a file, of the same names, shapes and types: one that
   * {@link #save} wrote, the checkpoint of a run, or PyTorch's.
   *
   * @throws thalweg.checkpoint.CheckpointException if it is no such file
   * @throws IllegalArgumentException naming all that does not fit; nothing has been changed then
   */
  public static void load(Module module, Path file) {
    load(module, ModelFile.load(file), LoadOptions.strict());
  }

  /**
   * Sets a module's tensors to given ones, in place: addresses stay.
   *
   * @param tensors by name, which the options may change
   * @return what was set, and what was not
   * @throws IllegalArgumentException if the options are strict, naming all that does not fit;
   *     nothing has been changed then
   */
  public static LoadReport load(
      Module module, Map<String, RawTensor> tensors, LoadOptions options) {
    Libtorch.load();
    Map<String, RawTensor> given = renamed(tensors, options);
    try (var scope = new PointerScope();
        var guard = new NoGradGuard()) {
      SequencedMap<String, Tensor> own = named(module);
      LoadReport report = compare(own, given, options);
      for (String name : report.loaded()) {
        write(Objects.requireNonNull(given.get(name)), Objects.requireNonNull(own.get(name)));
      }
      return report;
    }
  }

  /**
   * Whether a module's tensors could be set to given ones.
   *
   * @throws IllegalArgumentException naming all that does not fit
   */
  static void check(Module module, Map<String, RawTensor> tensors) {
    Libtorch.load();
    try (var scope = new PointerScope()) {
      compare(named(module), tensors, LoadOptions.strict());
    }
  }

  private static LoadReport compare(
      SequencedMap<String, Tensor> own, Map<String, RawTensor> given, LoadOptions options) {
    List<String> fitting = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    Map<String, String> unfit = new LinkedHashMap<>();
    Set<String> extra = new LinkedHashSet<>(given.keySet());
    own.forEach((name, tensor) -> {
      extra.remove(name);
      RawTensor saved = given.get(name);
      String here = type(name, tensor) + " " + TorchParameter.sizes(tensor);
      if (saved == null) {
        missing.add(name);
      } else if (!saved.toString().equals(here)) {
        unfit.put(name, "it is %s, here it needs %s".formatted(saved, here));
      } else {
        fitting.add(name);
      }
    });
    LoadReport report = new LoadReport(fitting, missing, unfit, List.copyOf(extra), List.of());
    if (!options.isLenient() && !report.isComplete()) {
      throw new IllegalArgumentException("model does not fit: " + inOneLine(report));
    }
    return report;
  }

  /**
   * The parameters that have a gradient, to whether that is sparse. An optimizer skips one that has
   * none yet, and updates one whose gradient was zeroed; a run that goes on must do the same.
   */
  static Map<String, Boolean> gradients(Module module) {
    Map<String, Boolean> gradients = new LinkedHashMap<>();
    try (var scope = new PointerScope()) {
      SequencedMap<String, Tensor> parameters = new LinkedHashMap<>();
      put(module.named_parameters(), parameters);
      parameters.forEach((name, tensor) -> {
        Tensor gradient = tensor.grad();
        if (gradient.defined()) {
          gradients.put(name, gradient.is_sparse());
        }
      });
    }
    return gradients;
  }

  /** Gives these parameters, and no others, a gradient of zeros. */
  static void gradients(Module module, Map<?, ?> sparse) {
    try (var scope = new PointerScope();
        var guard = new NoGradGuard()) {
      SequencedMap<String, Tensor> parameters = new LinkedHashMap<>();
      put(module.named_parameters(), parameters);
      parameters.forEach((name, tensor) -> {
        if (!sparse.containsKey(name)) {
          tensor.mutable_grad().reset();
          return;
        }
        Tensor zeros = torch.zeros_like(tensor);
        tensor
            .mutable_grad()
            .put(Boolean.TRUE.equals(sparse.get(name)) ? zeros.to_sparse(1) : zeros);
      });
    }
  }

  private static String inOneLine(LoadReport report) {
    return String.join("; ", report.toString().lines().skip(1).toList());
  }

  private static Map<String, RawTensor> renamed(
      Map<String, RawTensor> tensors, LoadOptions options) {
    Map<String, RawTensor> renamed = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> {
      if (renamed.put(options.renamed(name), tensor) != null) {
        throw new IllegalArgumentException(
            "'%s' and another tensor would both be renamed to '%s'"
                .formatted(name, options.renamed(name)));
      }
    });
    return renamed;
  }

  /** Parameters and buffers by name; the handles belong to the open scope. */
  static SequencedMap<String, Tensor> named(Module module) {
    SequencedMap<String, Tensor> named = new LinkedHashMap<>();
    put(module.named_parameters(), named);
    put(module.named_buffers(), named);
    return named;
  }

  private static void put(StringTensorDict from, Map<String, Tensor> into) {
    for (long i = 0; i < from.size(); i++) {
      StringTensorDictItem item = from.get(i);
      into.put(item.key().getString(), item.value());
    }
  }

  /** A tensor's memory where it lies on the CPU in one piece, else a copy. */
  static RawTensor raw(String name, Tensor tensor) {
    Tensor whole = Libtorch.keep(tensor.detach().cpu().contiguous());
    return RawTensor.of(type(name, tensor), TorchParameter.sizes(tensor), bytes(whole), whole);
  }

  /** In place, whatever the strides. */
  static void write(RawTensor from, Tensor to) {
    if (to.is_cpu() && to.is_contiguous()) {
      bytes(to).copyFrom(from.bytes());
      return;
    }
    Tensor whole = to.detach().cpu().contiguous().clone();
    bytes(whole).copyFrom(from.bytes());
    to.copy_(whole);
  }

  /** The memory of a tensor that lies in one piece, as the one door gives it. */
  static MemorySegment bytes(Tensor tensor) {
    Pointer data = tensor.data_ptr(); // null where there are no elements
    long size = tensor.nbytes();
    return Buffer.at(
            data == null ? 0 : data.address(),
            Math.ceilDiv(size, Short.BYTES),
            NumberType.BFLOAT16,
            tensor)
        .segment()
        .asSlice(0, size);
  }

  private static TensorType type(String name, Tensor tensor) {
    return switch (tensor.scalar_type().intern()) {
      case Float -> TensorType.F32;
      case Double -> TensorType.F64;
      case Half -> TensorType.F16;
      case BFloat16 -> TensorType.BF16;
      case Long -> TensorType.I64;
      case Int -> TensorType.I32;
      case Short -> TensorType.I16;
      case Char -> TensorType.I8;
      case Byte -> TensorType.U8;
      case Bool -> TensorType.BOOL;
      default ->
          throw new IllegalArgumentException(
              "tensor '%s' is %s, which checkpoints cannot hold"
                  .formatted(name, tensor.scalar_type().intern()));
    };
  }
}
