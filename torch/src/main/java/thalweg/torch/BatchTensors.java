package thalweg.torch;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import thalweg.memory.Buffer;
import thalweg.memory.NumberType;

/** One pair of tensors, features and targets, written again for every batch of its size. */
final class BatchTensors implements AutoCloseable {
  private final Batch batch;
  private final MemorySegment features;
  private final MemorySegment targets;

  BatchTensors(Samples samples, int rows) {
    try (var scope = new PointerScope()) {
      Tensor featureTensor =
          Libtorch.keep(
              torch.zeros(new long[] {rows, samples.columns()}, options(torch.ScalarType.Float)));
      Tensor targetTensor =
          Libtorch.keep(
              switch (samples.targets()) {
                case Targets.Classes _ ->
                    torch.zeros(new long[] {rows}, options(torch.ScalarType.Long));
                case Targets.Tokens tokens ->
                    torch.zeros(new long[] {rows, tokens.length()}, options(torch.ScalarType.Long));
                case Targets.Values _ ->
                    torch.zeros(new long[] {rows, 1}, options(torch.ScalarType.Float));
              });
      this.batch = new Batch(featureTensor, targetTensor, rows);
      this.features = segment(featureTensor);
      this.targets = segment(targetTensor);
    }
  }

  private static TensorOptions options(torch.ScalarType type) {
    return new TensorOptions(type);
  }

  /**
   * The tensor's memory, of whatever element type, as the one door gives it: in units of 4 bytes.
   */
  private static MemorySegment segment(Tensor tensor) {
    return Buffer.at(tensor.data_ptr().address(), tensor.nbytes() / 4, NumberType.FLOAT32, tensor)
        .segment();
  }

  /** Fills the tensors with the samples {@code order[from]}, {@code order[from + 1]}, … */
  Batch write(Samples samples, int epoch, int[] order, int from) {
    long rowBytes = (long) samples.columns() * Float.BYTES;
    for (int i = 0; i < batch.rows(); i++) {
      samples.features().read(order[from + i], epoch, features, i * rowBytes);
    }
    switch (samples.targets()) {
      case Targets.Classes classes -> {
        for (int i = 0; i < batch.rows(); i++) {
          long label = classes.labels()[order[from + i]];
          targets.set(JAVA_LONG_UNALIGNED, (long) i * Long.BYTES, label);
        }
      }
      case Targets.Tokens tokens -> {
        for (int i = 0; i < batch.rows(); i++) {
          for (int step = 0; step < tokens.length(); step++) {
            long label = tokens.labels().at(order[from + i], step);
            targets.set(
                JAVA_LONG_UNALIGNED, ((long) i * tokens.length() + step) * Long.BYTES, label);
          }
        }
      }
      case Targets.Values values -> {
        for (int i = 0; i < batch.rows(); i++) {
          float value = values.values()[order[from + i]];
          targets.set(JAVA_FLOAT_UNALIGNED, (long) i * Float.BYTES, value);
        }
      }
    }
    return batch;
  }

  @Override
  public void close() {
    Libtorch.release(batch.features());
    Libtorch.release(batch.targets());
  }
}
