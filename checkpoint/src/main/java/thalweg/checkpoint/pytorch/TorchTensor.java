package thalweg.checkpoint.pytorch;

import java.util.List;
import java.util.function.Supplier;
import thalweg.memory.Buffer;

/** A tensor of a file: its shape and type are known, its elements are read when asked for. */
public final class TorchTensor {
  private final TorchType type;
  private final List<Long> shape;
  private final Supplier<Buffer> elements;

  TorchTensor(TorchType type, List<Long> shape, Supplier<Buffer> elements) {
    this.type = type;
    this.shape = List.copyOf(shape);
    this.elements = elements;
  }

  /** A whole number that Python keeps as an int. */
  static TorchTensor whole(double value) {
    return new TorchTensor(TorchType.INT64, List.of(), () -> Buffer.of(new double[] {value}));
  }

  /** A number that Python keeps as a float. */
  static TorchTensor real(double value) {
    return new TorchTensor(TorchType.FLOAT64, List.of(), () -> Buffer.of(new double[] {value}));
  }

  /** Whether it is one whole number, which Python keeps as an int. */
  boolean isPythonInt() {
    return type == TorchType.INT64 && shape.isEmpty();
  }

  public TorchType type() {
    return type;
  }

  /** Sizes, slowest-varying first; empty for a single number. */
  public List<Long> shape() {
    return shape;
  }

  /** Number of elements. */
  public long length() {
    return shape.stream().reduce(1L, Math::multiplyExact);
  }

  /**
   * Reads the elements, row-major, into fresh memory outside the Java heap: as {@link
   * TorchType#numbers}, so whole numbers as float64, which is exact up to 2⁵³.
   *
   * @throws thalweg.checkpoint.CheckpointException if the file cannot be read or is damaged
   */
  public Buffer values() {
    return elements.get();
  }

  /** The elements, widened to double. */
  public double[] toDoubles() {
    return values().toDoubles();
  }

  @Override
  public String toString() {
    return type.dtype() + " " + shape;
  }
}
