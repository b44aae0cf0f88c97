package thalweg.torch.peers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import thalweg.memory.Buffer;
import thalweg.optimizer.Parameter;
import thalweg.optimizer.Parameters;
import thalweg.torch.TorchParameters;

/** Float32 vectors with gradients, filled with numbers in [-1, 1) from a fixed seed. */
final class PeerTensors implements AutoCloseable {
  private static final long SEED = 1;

  private final List<Tensor> tensors = new ArrayList<>();
  private final Parameters parameters;

  /** Vectors of the given numbers of elements. */
  PeerTensors(List<Long> sizes) {
    SequencedMap<String, Tensor> named = new LinkedHashMap<>();
    for (long size : sizes) {
      Tensor tensor = torch.zeros(new long[] {size}).set_requires_grad(true);
      tensor.retainReference();
      tensor.mutable_grad().put(torch.zeros(new long[] {size}));
      tensors.add(tensor);
      named.put("p" + (tensors.size() - 1), tensor);
    }
    parameters = TorchParameters.of(named);
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    for (Parameter parameter : parameters) {
      fill(parameter.value(), random);
      fill(Objects.requireNonNull(parameter.gradient()), random);
    }
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

  Parameters parameters() {
    return parameters;
  }

  @Override
  public void close() {
    tensors.forEach(Tensor::releaseReference);
    tensors.clear();
  }
}
