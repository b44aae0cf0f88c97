package thalweg.checkpoint.pytorch;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import thalweg.checkpoint.CheckpointException;
import thalweg.memory.Buffer;

/** Finds the tensors that a pickle describes in the archive it comes from. */
final class TorchTensors implements PickleReader.Tensors {
  private static final int MOST_AXES = 64; // as in PyTorch
  private static final long MOST_REPEATED = 1 << 24;

  private final TorchArchive archive;

  TorchTensors(TorchArchive archive) {
    this.archive = archive;
  }

  /** {@code ('storage', torch.FloatStorage, key, location, length)}. */
  @Override
  public Pickled storage(Pickled description) {
    if (description instanceof Pickled.Sequence tuple
        && tuple.items().size() >= 5
        && tuple.items().get(0) instanceof Pickled.Words(String kind)
        && kind.equals("storage")
        && tuple.items().get(1) instanceof Pickled.Name(Known known)
        && tuple.items().get(2) instanceof Pickled.Words(String key)
        && tuple.items().get(4) instanceof Pickled.Whole(BigInteger said)) {
      Optional<TorchType> type =
          known.type().filter(t -> known.fullName().equals("torch." + t.storage()));
      long length = small(said);
      if (type.isPresent()) {
        long bytes = archive.storageSize(key);
        if (length > bytes / type.get().bytes() || length * type.get().bytes() != bytes) {
          throw damaged(
              "storage '%s' has %d bytes, not %d elements of %s"
                  .formatted(Text.shown(key), bytes, length, type.get().dtype()));
        }
        return new Pickled.Storage(key, type.get(), length);
      }
    }
    throw damaged("it describes a storage in a way that is not known");
  }

  @Override
  public Pickled tensor(List<Pickled> arguments) {
    if (arguments.size() < 4
        || !(arguments.get(0) instanceof Pickled.Storage storage)
        || !(arguments.get(1) instanceof Pickled.Whole(BigInteger saidOffset))) {
      throw damaged("it describes a tensor in a way that is not known");
    }
    long offset = small(saidOffset);
    List<Long> shape = sizes(arguments.get(2));
    List<Long> strides = sizes(arguments.get(3));
    if (shape.size() != strides.size() || shape.size() > MOST_AXES) {
      throw damaged("a tensor of shape %s has strides %s".formatted(shape, strides));
    }
    try {
      return new Pickled.Tensor(tensor(storage, offset, shape, strides));
    } catch (ArithmeticException e) {
      throw new CheckpointException(
          "%s is damaged: no tensor has shape %s".formatted(archive.path(), shape), e);
    }
  }

  private TorchTensor tensor(
      Pickled.Storage storage, long offset, List<Long> shape, List<Long> strides) {
    long length = 1;
    for (long size : shape) {
      length = Math.multiplyExact(length, size);
    }
    long last = offset;
    for (int i = 0; i < shape.size() && length > 0; i++) {
      last = Math.addExact(last, Math.multiplyExact(shape.get(i) - 1, strides.get(i).longValue()));
    }
    if (length > 0 && last >= storage.length()
        || length > Math.max(storage.length(), MOST_REPEATED)) {
      throw damaged(
          "a tensor of shape %s and strides %s is more than its storage of %d elements"
              .formatted(shape, strides, storage.length()));
    }
    long span = length == 0 ? 0 : last - offset + 1;
    return new TorchTensor(
        storage.type(), shape, () -> elements(storage, offset, span, shape, strides));
  }

  private Buffer elements(
      Pickled.Storage storage, long offset, long span, List<Long> shape, List<Long> strides) {
    Buffer lying = archive.read(storage.key(), storage.type(), offset, span);
    if (isContiguous(shape, strides)) {
      return lying;
    }
    long length = shape.stream().reduce(1L, Math::multiplyExact);
    Buffer ordered = Buffer.allocate(length, storage.type().numbers());
    long[] index = new long[shape.size()];
    long at = 0;
    for (long i = 0; i < length; i++) {
      ordered.set(i, lying.get(at));
      for (int axis = index.length - 1; axis >= 0; axis--) {
        at += strides.get(axis);
        if (++index[axis] < shape.get(axis)) {
          break;
        }
        at -= strides.get(axis) * shape.get(axis);
        index[axis] = 0;
      }
    }
    return ordered;
  }

  /** Whether the elements lie one behind the other in the order of their indices. */
  private static boolean isContiguous(List<Long> shape, List<Long> strides) {
    if (shape.contains(0L)) {
      return true;
    }
    long expected = 1;
    for (int axis = shape.size() - 1; axis >= 0; axis--) {
      if (shape.get(axis) != 1 && strides.get(axis) != expected) {
        return false;
      }
      expected *= shape.get(axis);
    }
    return true;
  }

  private List<Long> sizes(Pickled value) {
    if (!(value instanceof Pickled.Sequence tuple)) {
      throw damaged("the shape of a tensor is " + value.kindName());
    }
    List<Long> sizes = new ArrayList<>();
    for (Pickled item : tuple.items()) {
      if (!(item instanceof Pickled.Whole(BigInteger size))) {
        throw damaged("an axis of a tensor is " + item.kindName());
      }
      sizes.add(small(size));
    }
    return sizes;
  }

  /** A size or place, which is neither negative nor beyond all memory. */
  private long small(BigInteger number) {
    if (number.signum() < 0 || number.bitLength() > 62) {
      throw damaged("a size is " + Text.shown(number.toString()));
    }
    return number.longValueExact();
  }

  private CheckpointException damaged(String how) {
    return TorchArchive.damaged(archive.path(), how);
  }
}
