package thalweg.torch.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import thalweg.memory.Buffer;
import thalweg.memory.NumberType;
import thalweg.optimizer.ArrayParameter;
import thalweg.optimizer.Parameter;
import thalweg.optimizer.Parameters;

/** Float32 vectors with gradients, filled with numbers in [-1, 1) from a fixed seed. */
final class PeerTensors implements AutoCloseable {
  private static final long SEED = 1;

  private final List<Tensor> tensors = new ArrayList<>();
  private final List<Tensor> gradients = new ArrayList<>();
  private final Parameters parameters;

  /** Vectors of the given numbers of elements. */
  PeerTensors(List<Long> sizes) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    List<Parameter> made = new ArrayList<>();
    for (long size : sizes) {
      Tensor tensor = torch.zeros(new long[] {size}).set_requires_grad(true);
      Tensor gradient = torch.zeros(new long[] {size});
      tensor.mutable_grad().put(gradient);
      tensors.add(tensor.retainReference());
      gradients.add(gradient.retainReference());
      made.add(
          new ArrayParameter(
              "p" + made.size(), List.of(size), bind(tensor, random), bind(gradient, random)));
    }
    parameters = Parameters.of(made);
  }

  private static Buffer bind(Tensor tensor, RandomGenerator random) {
    Pointer data = tensor.data_ptr(); // null where there are no elements
    long address = data == null ? 0 : data.address();
    Buffer buffer = Buffer.at(address, tensor.numel(), NumberType.FLOAT32, tensor);
    fill(buffer, random);
    return buffer;
  }

  private static void fill(Buffer buffer, RandomGenerator random) {
    float[] block = new float[4096];
    for (long from = 0; from < buffer.length(); from += block.length) {
      int count = (int) Math.min(block.length, buffer.length() - from);
      for (int i = 0; i < count; i++) {
        block[i] = 2 * random.nextFloat() - 1;
      }
      buffer.write(from, block, count);
    }
  }

  List<Tensor> tensors() {
    return tensors;
  }

  List<Tensor> gradients() {
    return gradients;
  }

  Parameters parameters() {
    return parameters;
  }

  @Override
  public void close() {
    tensors.forEach(Tensor::releaseReference);
    gradients.forEach(Tensor::releaseReference);
  }
}
