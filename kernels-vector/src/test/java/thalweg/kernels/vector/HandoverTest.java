package thalweg.kernels.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import thalweg.memory.NumberType;
import thalweg.optimizer.ArrayParameter;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.Parameter;
import thalweg.optimizer.Parameters;
import thalweg.optimizer.Storage;
import thalweg.text.Specs;

@DisplayName("an optimizer whose backend is left to us")
class HandoverTest {
  private static final int STEPS = 60; // of 20 000 elements: enough for a warm-up
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "adamw(lr=0.01); FLOAT32; 1",
        "clip_by_global_norm(0.5) | nadam(lr=0.01); FLOAT32; 2",
        "adafactor(lr=0.01); FLOAT32; 1",
        "adan(lr=0.01); BFLOAT16; 1"
      })
  void hasTheBitsOfTheBlockBackendBeforeAndAfterItGoesOver(
      String rule, NumberType states, int threads) throws InterruptedException {
    int kernels = KernelCache.size();
    try (Optimizer auto = optimizer(rule, "auto", states, threads);
        Optimizer block = optimizer(rule, "block", states, threads)) {
      step(auto, block, STEPS);
      awaitWarmup();
      assertThat(KernelCache.size()).as("kernels").isGreaterThan(kernels);
      step(auto, block, STEPS);
    }
  }

  private static void step(Optimizer auto, Optimizer block, int steps) {
    for (int i = 0; i < steps; i++) {
      auto.step();
      block.step();
      List<Parameter> expected = block.groups().getFirst().parameters();
      List<Parameter> found = auto.groups().getFirst().parameters();
      for (int p = 0; p < expected.size(); p++) {
        assertThat(found.get(p).value().toDoubles()).isEqualTo(expected.get(p).value().toDoubles());
      }
    }
  }

  private static Optimizer optimizer(String rule, String backend, NumberType states, int threads) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    List<ArrayParameter> parameters = new ArrayList<>();
    for (long[] shape : new long[][] {{7}, {40, 25}, {1030}, {140, 128}}) {
      ArrayParameter parameter =
          ArrayParameter.allocate("p" + parameters.size(), NumberType.FLOAT32, shape);
      for (long i = 0; i < parameter.length(); i++) {
        parameter.value().set(i, random.nextGaussian());
        Objects.requireNonNull(parameter.gradient()).set(i, random.nextGaussian());
      }
      parameters.add(parameter);
    }
    Storage storage = states == NumberType.FLOAT32 ? Storage.FULL : new Storage(states, true, 0);
    return Optimizer.over(Parameters.of(parameters))
        .otherwise(Specs.parseOptimizer(rule))
        .backend(backend)
        .threads(threads)
        .storage(storage)
        .build();
  }

  /** The thread of warm-ups ends by itself when there is nothing left to do. */
  private static void awaitWarmup() throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("thalweg-warmup")) {
        assertThat(thread.isDaemon()).isTrue();
        assertThat(thread.join(PATIENCE)).as("ended").isTrue();
      }
    }
  }
}
