package thalweg.torch;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;
import thalweg.memory.Buffer;
import thalweg.memory.NumberType;
import thalweg.memory.SparseRows;
import thalweg.optimizer.Parameter;

/**
 * One libtorch tensor as a parameter: its memory, and its gradient's, found again when they move.
 *
 * <p>Asking must cost nothing, for every step asks for every parameter. {@code tensor.grad()} would
 * make a Java object each time. Instead, {@code mutable_grad()} is asked once: it is a reference to
 * the place inside the tensor's autograd record where the gradient's handle lies, and that place
 * stays for the tensor's life. A handle is one pointer, so one load says whether the gradient is
 * still the one bound (a bound one is held here, hence its address cannot be given to another).
 *
 * <p>The same tensor can have other memory, after {@code set_data} or {@code resize_}. So value and
 * gradient are each compared with a detached handle on the memory that was bound: same storage,
 * same offset in it, same number of elements. That handle keeps the old memory alive until the new
 * one is bound. Asking allocates nothing on the Java heap.
 */
final class TorchParameter implements Parameter, AutoCloseable {
  private final String name;
  private final List<Long> shape;
  private final Tensor tensor;
  private final Tensor gradientPlace;
  private final MemorySegment gradientHandle;

  private Tensor boundValue;
  private Buffer value;
  private long boundGradientAddress;
  private @Nullable Tensor heldGradient;
  private @Nullable Tensor boundGradient;
  private @Nullable Buffer gradient;
  private long[] rows = {};
  private @Nullable SparseRows sparseGradient;
  private boolean closed;

  TorchParameter(String name, Tensor given) {
    this.name = name;
    this.tensor = Libtorch.share(given);
    this.shape = sizes(given);
    this.gradientPlace = Libtorch.keep(tensor.mutable_grad());
    // one pointer of 8 bytes, through the same door as all memory
    this.gradientHandle =
        Buffer.at(gradientPlace.address(), 1, NumberType.FLOAT64, tensor).segment();
    this.boundValue = Libtorch.keep(tensor.detach());
    this.value = bind("parameter '" + name + "'", boundValue);
    if (gradientHandle.get(JAVA_LONG_UNALIGNED, 0)
        != gradientPlace.unsafeGetTensorImpl().address()) {
      throw new IllegalStateException(
          "libtorch's tensor handle is not one pointer in this version; Thalweg needs 2.10");
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Long> shape() {
    return shape;
  }

  @Override
  public Buffer value() {
    requireOpen();
    if (!inPlace(tensor, boundValue)) {
      rebindValue();
    }
    return value;
  }

  @Override
  public @Nullable Buffer gradient() {
    requireOpen();
    if (!tensor.requires_grad()) {
      return null;
    }
    if (gradientHandle.get(JAVA_LONG_UNALIGNED, 0) != boundGradientAddress
        || (boundGradient != null && !inPlace(gradientPlace, boundGradient))) {
      rebindGradient();
    }
    return gradient;
  }

  /**
   * The rows of a sparse gradient, such as that of an embedding built with {@code sparse(true)};
   * those that stand twice are added up. It is another one after each backward, so the rows are
   * copied: nothing of libtorch's is kept, and the memory they are copied to stays where it is.
   */
  @Override
  public @Nullable SparseRows sparseGradient() {
    requireOpen();
    if (!tensor.requires_grad() || !gradientPlace.defined() || !gradientPlace.is_sparse()) {
      return null;
    }
    try (var scope = new PointerScope()) {
      Tensor sparse = gradientPlace.detach().coalesce();
      if (sparse.sparse_dim() != 1) {
        throw new IllegalStateException(
            "the gradient of '%s' is sparse in %d axes; only rows of the first can be missing"
                .formatted(name, sparse.sparse_dim()));
      }
      Tensor indices = sparse._indices().contiguous();
      int count = Math.toIntExact(indices.numel());
      if (rows.length < count) {
        rows = new long[Math.max(count, 2 * rows.length)];
      }
      if (count > 0) {
        new LongPointer(indices.data_ptr()).get(rows, 0, count);
      }
      Buffer values = bind("gradient of '" + name + "'", sparse._values().contiguous());
      if (sparseGradient == null) {
        sparseGradient = SparseRows.empty(columns(), values.type());
      }
      sparseGradient.set(rows, count, values);
      return sparseGradient;
    }
  }

  private long columns() {
    return shape.subList(1, shape.size()).stream().reduce(1L, Math::multiplyExact);
  }

  @Override
  public void zeroGradient() {
    if (tensor.requires_grad() && gradientPlace.defined() && gradientPlace.is_sparse()) {
      gradientPlace.zero_();
      return;
    }
    Parameter.super.zeroGradient();
  }

  /** Whether a tensor's elements still lie where they lay when {@code bound} was made. */
  private static boolean inPlace(Tensor tensor, Tensor bound) {
    return tensor.is_alias_of(bound)
        && tensor.storage_offset() == bound.storage_offset()
        && tensor.numel() == bound.numel();
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException(
          "parameter '%s' was released; bind the module again with TorchParameters.of"
              .formatted(name));
    }
  }

  /** Gives the handles back; without it the garbage collector does, at a time of its own. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      unbindGradient();
      Libtorch.release(boundValue);
      Libtorch.release(gradientPlace);
      Libtorch.release(tensor);
    }
  }

  /** After {@code set_data}; the old memory lives on in the buffers given out before. */
  private void rebindValue() {
    try (var scope = new PointerScope()) {
      if (!sizes(tensor).equals(shape)) {
        throw new IllegalStateException(
            "parameter '%s' was %s and has become %s; bind the module again with TorchParameters.of"
                .formatted(name, shape, sizes(tensor)));
      }
      Tensor moved = Libtorch.keep(tensor.detach());
      value = bind("parameter '" + name + "'", moved);
      boundValue = moved;
    }
  }

  private void rebindGradient() {
    unbindGradient();
    if (!gradientPlace.defined()) {
      boundGradientAddress = gradientHandle.get(JAVA_LONG_UNALIGNED, 0);
      return;
    }
    if (gradientPlace.is_sparse()) {
      return; // not held, so a dense one may come to lie at its address
    }
    try (var scope = new PointerScope()) {
      String what = "gradient of '" + name + "'";
      Tensor held = new Tensor(gradientPlace);
      Tensor memory = held.detach();
      Buffer bound = bind(what, memory);
      if (bound.type() != value.type() || bound.length() != value.length()) {
        throw new IllegalStateException(
            "%s is %s, its parameter is %s".formatted(what, bound, value));
      }
      gradient = bound;
      heldGradient = Libtorch.keep(held);
      boundGradient = Libtorch.keep(memory);
      boundGradientAddress = gradientHandle.get(JAVA_LONG_UNALIGNED, 0);
    }
  }

  private void unbindGradient() {
    Tensor held = heldGradient;
    Tensor memory = boundGradient;
    heldGradient = null;
    boundGradient = null;
    gradient = null;
    boundGradientAddress = 0;
    if (held != null) {
      Libtorch.release(held);
    }
    if (memory != null) {
      Libtorch.release(memory);
    }
  }

  private static Buffer bind(String what, Tensor tensor) {
    NumberType type = numberType(what, tensor.scalar_type().intern());
    if (!tensor.is_cpu()) {
      throw new IllegalArgumentException(
          ("%s lies on %s; only CPU memory can be trained: move the module with to(new "
                  + "Device(\"cpu\"))")
              .formatted(what, tensor.device().str().getString()));
    }
    if (tensor.layout().intern() != torch.Layout.Strided) {
      throw new IllegalArgumentException(
          "%s is %s; only dense tensors can be trained: build the layer with sparse(false)"
              .formatted(what, tensor.layout().intern()));
    }
    if (!tensor.is_contiguous()) {
      throw new IllegalArgumentException(
          ("%s is not contiguous (sizes %s, strides %s); replace it by "
                  + "tensor.contiguous() before binding")
              .formatted(what, sizes(tensor), strides(tensor)));
    }
    Pointer data = tensor.data_ptr(); // null where there are no elements
    return Buffer.at(data == null ? 0 : data.address(), tensor.numel(), type, tensor);
  }

  private static NumberType numberType(String what, torch.ScalarType type) {
    if (type == torch.ScalarType.Float) {
      return NumberType.FLOAT32;
    }
    if (type == torch.ScalarType.Double) {
      return NumberType.FLOAT64;
    }
    if (type == torch.ScalarType.BFloat16) {
      return NumberType.BFLOAT16;
    }
    if (type == torch.ScalarType.Half) {
      return NumberType.FLOAT16;
    }
    throw new IllegalArgumentException(
        ("%s is %s; only Float (float32), Double (float64), BFloat16 and Half (float16) can be "
                + "trained: convert the module with to(torch.ScalarType.Float, false)")
            .formatted(what, type));
  }

  static List<Long> sizes(Tensor tensor) {
    List<Long> sizes = new ArrayList<>();
    for (long d = 0; d < tensor.dim(); d++) {
      sizes.add(tensor.size(d));
    }
    return List.copyOf(sizes);
  }

  private static List<Long> strides(Tensor tensor) {
    List<Long> strides = new ArrayList<>();
    for (long d = 0; d < tensor.dim(); d++) {
      strides.add(tensor.stride(d));
    }
    return strides;
  }

  @Override
  public String toString() {
    return name + " " + shape;
  }
}
