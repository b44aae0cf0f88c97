package thalweg.torch.nets;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.Module;
import thalweg.memory.Buffer;
import thalweg.optimizer.Parameter;
import thalweg.optimizer.Parameters;
import thalweg.torch.TorchParameters;

/** Writes the starting numbers of a network into its parameters. */
final class Initialization {
  private final Init init;
  private final double gain;
  private final long seed;

  private Initialization(Init init, double gain, long seed) {
    this.init = init;
    this.gain = gain;
    this.seed = seed;
  }

  static void start(Module module, List<Start> starts, Init init, double gain, long seed) {
    Map<String, Start.Kind> kinds =
        starts.stream().collect(Collectors.toMap(Start::parameter, Start::kind));
    Initialization initialization = new Initialization(init, gain, seed);
    Parameters parameters = TorchParameters.of(module);
    for (Parameter parameter : parameters) {
      Start.Kind kind = kinds.get(parameter.name());
      if (kind == null) {
        throw new IllegalStateException("nothing says how '" + parameter.name() + "' starts");
      }
      initialization.write(parameter, kind);
    }
    TorchParameters.release(parameters);
  }

  private void write(Parameter parameter, Start.Kind kind) {
    RandomGenerator random = random(parameter.name());
    Buffer value = parameter.value();
    switch (kind) {
      case Start.Constant(double number) -> value.fill(number);
      case Start.Normal(double deviation) -> normal(value, random, deviation);
      case Start.Bias(double bound) ->
          uniform(value, random, init == Init.KAIMING_UNIFORM ? bound : 0);
      case Start.Weight weight -> {
        double fans = weight.fanIn() + (double) fanOut(parameter, weight);
        switch (init) {
          case KAIMING_UNIFORM -> uniform(value, random, gain * weight.bound());
          case KAIMING_NORMAL -> normal(value, random, gain * Math.sqrt(2.0 / weight.fanIn()));
          case XAVIER_UNIFORM -> uniform(value, random, gain * Math.sqrt(6 / fans));
          case XAVIER_NORMAL -> normal(value, random, gain * Math.sqrt(2 / fans));
          case NORMAL -> normal(value, random, gain);
          case ZEROS -> value.fill(0);
          case ORTHOGONAL -> {
            long block = value.length() / weight.blocks();
            int rows = Math.toIntExact(parameter.shape().getFirst() / weight.blocks());
            for (int b = 0; b < weight.blocks(); b++) {
              Orthogonal.write(value.slice(b * block, block), rows, gain, random);
            }
          }
        }
      }
    }
  }

  private static long fanOut(Parameter parameter, Start.Weight weight) {
    long kernel = parameter.shape().stream().skip(2).reduce(1L, (x, y) -> x * y);
    return parameter.shape().getFirst() / weight.blocks() * kernel;
  }

  private static void uniform(Buffer value, RandomGenerator random, double bound) {
    for (long i = 0; i < value.length(); i++) {
      value.set(i, (2 * random.nextDouble() - 1) * bound);
    }
  }

  private static void normal(Buffer value, RandomGenerator random, double deviation) {
    for (long i = 0; i < value.length(); i++) {
      value.set(i, random.nextGaussian() * deviation);
    }
  }

  private RandomGenerator random(String name) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(ByteBuffer.allocate(Long.BYTES).putLong(seed).flip());
      byte[] key = digest.digest(name.getBytes(StandardCharsets.UTF_8));
      return RandomGeneratorFactory.of("L64X128MixRandom").create(key);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
