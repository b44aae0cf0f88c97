package thalweg.lab.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import thalweg.execute.Backends;
import thalweg.formula.Transformation;
import thalweg.memory.Buffer;
import thalweg.optimizer.ArrayParameter;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.Parameters;
import thalweg.plan.Plan;

/** This library. */
final class Own implements Contestant {
  private final Optimizer optimizer;
  private final Backends.Choice choice;
  private final BenchFormat format;

  Own(Transformation rule, BenchFormat format, List<List<Long>> shapes, int threads) {
    this.format = format;
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    List<ArrayParameter> parameters = new ArrayList<>();
    for (List<Long> shape : shapes) {
      ArrayParameter parameter =
          ArrayParameter.allocate(
              "p" + parameters.size(),
              format.parameters(),
              shape.stream().mapToLong(Long::longValue).toArray());
      fill(parameter.value(), random);
      fill(Objects.requireNonNull(parameter.gradient()), random);
      parameters.add(parameter);
    }
    choice = Backends.choose(Backends.AUTO);
    optimizer =
        Optimizer.over(Parameters.of(parameters))
            .otherwise(rule)
            .backend(choice.backend().name()) // from the first step on, not once it is warm
            .threads(threads)
            .storage(format.storage())
            .build();
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

  String backend() {
    return optimizer.backend();
  }

  String backendReason() {
    return choice.reason();
  }

  Plan plan() {
    return optimizer.groups().getFirst().plan();
  }

  @Override
  public String name() {
    return format.name("thalweg (" + backend() + ")");
  }

  @Override
  public void step() {
    optimizer.step(() -> 0);
  }

  @Override
  public void close() {
    optimizer.close();
  }
}
