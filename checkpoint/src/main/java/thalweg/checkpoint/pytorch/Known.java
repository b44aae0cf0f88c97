package thalweg.checkpoint.pytorch;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A name that a pickle may say, and what it stands for. These are all there are; the name is only
 * compared, nothing is looked up or loaded by it.
 *
 * @param fullName as Python has it: {@code collections.OrderedDict}
 * @param meaning what calling it makes
 * @param type of the storages or tensors it stands for, where it is one of those
 */
record Known(String fullName, Meaning meaning, Optional<TorchType> type) {
  /** What calling a name makes. */
  enum Meaning {
    DICT,
    DEFAULT_DICT,
    LIST,
    TUPLE,
    SET,
    /** Bytes that an older protocol spells as text. */
    BYTES,
    TENSOR,
    PARAMETER,
    DEVICE,
    /** Only named, never called. */
    NOTHING
  }

  private static final Map<String, Known> ALL =
      Stream.of(
              Stream.of(
                  new Known("collections.OrderedDict", Meaning.DICT),
                  new Known("collections.Counter", Meaning.DICT),
                  new Known("collections.defaultdict", Meaning.DEFAULT_DICT),
                  new Known("builtins.dict", Meaning.DICT),
                  new Known("builtins.list", Meaning.LIST),
                  new Known("builtins.tuple", Meaning.TUPLE),
                  new Known("builtins.set", Meaning.SET),
                  new Known("builtins.frozenset", Meaning.SET),
                  new Known("builtins.bytes", Meaning.BYTES),
                  new Known("builtins.bytearray", Meaning.BYTES),
                  new Known("builtins.int", Meaning.NOTHING),
                  new Known("builtins.float", Meaning.NOTHING),
                  new Known("_codecs.encode", Meaning.BYTES),
                  new Known("torch.Size", Meaning.TUPLE),
                  new Known("torch.device", Meaning.DEVICE),
                  new Known("torch._utils._rebuild_tensor", Meaning.TENSOR),
                  new Known("torch._utils._rebuild_tensor_v2", Meaning.TENSOR),
                  new Known("torch._utils._rebuild_parameter", Meaning.PARAMETER)),
              Stream.of(TorchType.values())
                  .flatMap(type ->
                      Stream.of(
                          new Known("torch." + type.storage(), Meaning.NOTHING, Optional.of(type)),
                          new Known("torch." + type.dtype(), Meaning.NOTHING, Optional.of(type)))))
          .flatMap(Function.identity())
          .collect(Collectors.toUnmodifiableMap(Known::fullName, Function.identity()));

  private Known(String fullName, Meaning meaning) {
    this(fullName, meaning, Optional.empty());
  }

  /** The one of this name; protocol 2 calls {@code builtins} as Python 2 did. */
  static Optional<Known> find(String module, String name) {
    String today = module.equals("__builtin__") ? "builtins" : module;
    return Optional.ofNullable(ALL.get(today + "." + name));
  }
}
