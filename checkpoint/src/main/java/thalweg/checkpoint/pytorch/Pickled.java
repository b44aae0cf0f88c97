package thalweg.checkpoint.pytorch;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a pickle holds: numbers, text, containers, tensors, and names that stand for one of a few
 * known things. Containers are equal only to themselves, since a pickle may put one into itself.
 */
sealed interface Pickled {
  /** Python's None. */
  enum None implements Pickled {
    NONE
  }

  /** True or False. */
  record Flag(boolean value) implements Pickled {}

  /** An int of any size. */
  record Whole(BigInteger value) implements Pickled {
    static Whole of(long value) {
      return new Whole(BigInteger.valueOf(value));
    }
  }

  /** A float. */
  record Real(double value) implements Pickled {}

  /** A str. */
  record Words(String value) implements Pickled {}

  /** A bytes or bytearray; nothing here asks what is in it. */
  record Bytes(int length) implements Pickled {}

  /** A name of the allow-list that was not called: a class of storages, a dtype. */
  record Name(Known known) implements Pickled {}

  /** A storage, before a tensor is made of it. */
  record Storage(String key, TorchType type, long length) implements Pickled {}

  /** A tensor, whose elements are still in the file. */
  record Tensor(TorchTensor value) implements Pickled {}

  /** A list, tuple or set. */
  final class Sequence implements Pickled {
    /** Which of them. */
    enum Kind {
      LIST,
      TUPLE,
      SET
    }

    private final Kind kind;
    private final List<Pickled> items;

    Sequence(Kind kind, List<Pickled> items) {
      this.kind = kind;
      this.items = new ArrayList<>(items);
    }

    Kind kind() {
      return kind;
    }

    List<Pickled> items() {
      return items;
    }
  }

  /** A dict, OrderedDict, defaultdict or Counter. */
  final class Dict implements Pickled {
    private final Map<Pickled, Pickled> entries = new LinkedHashMap<>();

    Map<Pickled, Pickled> entries() {
      return entries;
    }

    Optional<Pickled> get(String key) {
      return Optional.ofNullable(entries.get(new Words(key)));
    }
  }

  /** What it is, in Python's words. */
  default String kindName() {
    return switch (this) {
      case None _ -> "None";
      case Flag _ -> "a bool";
      case Whole _ -> "an int";
      case Real _ -> "a float";
      case Words _ -> "a str";
      case Bytes _ -> "bytes";
      case Name(Known known) -> known.fullName();
      case Storage _ -> "a storage";
      case Tensor(TorchTensor tensor) -> "a tensor " + tensor;
      case Sequence sequence ->
          switch (sequence.kind()) {
            case LIST -> "a list";
            case TUPLE -> "a tuple";
            case SET -> "a set";
          };
      case Dict _ -> "a dict";
    };
  }
}
