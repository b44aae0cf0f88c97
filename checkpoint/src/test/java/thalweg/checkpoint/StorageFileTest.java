package thalweg.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import thalweg.memory.Buffer;
import thalweg.memory.NumberType;
import thalweg.optimizer.ArrayParameter;
import thalweg.optimizer.LoadOptions;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.OptimizerState;
import thalweg.optimizer.Parameters;
import thalweg.optimizer.StateTensor;
import thalweg.optimizer.Storage;
import thalweg.rules.Adam;

/** States and parameters of few bits, by way of a file. */
class StorageFileTest {
  private static final int LENGTH = 700;
  private static final int STEPS = 6;

  @TempDir Path folder;

  /** A parameter, its gradient, and an optimizer. */
  private static final class Trained implements AutoCloseable {
    private final Buffer value;
    private final Buffer gradient;
    private final Optimizer optimizer;

    Trained(NumberType type, Storage storage) {
      value = Buffer.allocate(LENGTH, type);
      gradient = Buffer.allocate(LENGTH, type);
      value.setAll(drawn(0));
      optimizer =
          Optimizer.over(Parameters.of(new ArrayParameter("w", List.of(70L, 10L), value, gradient)))
              .otherwise(Adam.lr(0.01))
              .backend("block")
              .threads(1)
              .storage(storage)
              .build();
    }

    private static double[] drawn(long seed) {
      return new SplittableRandom(seed).doubles(LENGTH, -1, 1).toArray();
    }

    Trained steps(int first, int last) {
      for (int step = first; step <= last; step++) {
        gradient.setAll(drawn(step));
        optimizer.step();
      }
      return this;
    }

    @Override
    public void close() {
      optimizer.close();
    }
  }

  static Stream<Arguments> storages() {
    return Stream.of(
        Arguments.of(NumberType.FLOAT32, new Storage(NumberType.BFLOAT16, true, 5)),
        Arguments.of(NumberType.FLOAT32, new Storage(NumberType.FLOAT8, true, 5)),
        Arguments.of(NumberType.BFLOAT16, new Storage(NumberType.FLOAT32, true, 5)),
        Arguments.of(NumberType.BFLOAT16, new Storage(NumberType.FLOAT8, true, 5)),
        Arguments.of(NumberType.BFLOAT16, new Storage(NumberType.BFLOAT16, false, 5)),
        Arguments.of(NumberType.FLOAT16, new Storage(NumberType.FLOAT32, true, 5)));
  }

  @ParameterizedTest
  @MethodSource("storages")
  void fewBitsGoOnFromAFileAsIfNothingHadHappened(NumberType type, Storage storage) {
    Path file = folder.resolve("state.safetensors");
    try (Trained straight = new Trained(type, storage)) {
      straight.steps(1, STEPS);
      for (int k = 0; k <= STEPS; k++) {
        try (Trained first = new Trained(type, storage).steps(1, k);
            Trained second = new Trained(type, storage)) {
          first.optimizer.save(file);
          second.value.copyFrom(first.value);
          second.optimizer.load(OptimizerState.load(file));
          second.steps(k + 1, STEPS);
          assertThat(second.value.toDoubles())
              .as("from " + k)
              .isEqualTo(straight.value.toDoubles());
          assertThat(second.optimizer.state())
              .as("from " + k)
              .isEqualTo(straight.optimizer.state());
        }
      }
    }
  }

  @Test
  void aMasterThatTheFileHasNotBeginsAsTheParameterIs() {
    Path file = folder.resolve("state.safetensors");
    Storage masters = Storage.FULL;
    try (Trained without =
            new Trained(NumberType.BFLOAT16, new Storage(NumberType.FLOAT32, false, 5));
        Trained with = new Trained(NumberType.BFLOAT16, masters)) {
      without.steps(1, 3);
      without.optimizer.save(file);
      with.value.copyFrom(without.value);
      var report = with.optimizer.load(OptimizerState.load(file), LoadOptions.lenient());
      assertThat(report.loaded()).containsExactly("default/w");
      StateTensor master = with.optimizer.state().tensor("default/master/value/w");
      assertThat(master.type()).isEqualTo(NumberType.FLOAT32);
      assertThat(master.toDoubles()).isEqualTo(without.value.toDoubles());
      assertThat(with.value.toDoubles()).isEqualTo(without.value.toDoubles());
    }
  }

  @Test
  void statesOfMoreBitsAreRoundedOnceWhereTheyAreKeptInFewer() {
    Path file = folder.resolve("state.safetensors");
    try (Trained full = new Trained(NumberType.FLOAT32, Storage.FULL);
        Trained few = new Trained(NumberType.FLOAT32, new Storage(NumberType.FLOAT8, true, 5))) {
      full.steps(1, 3).optimizer.save(file);
      few.optimizer.load(OptimizerState.load(file));
      StateTensor loaded = few.optimizer.state().tensor("default/adam/exp_avg/w");
      Buffer rounded = Buffer.allocate(LENGTH, NumberType.FLOAT8);
      rounded.setAll(full.optimizer.state().tensor("default/adam/exp_avg/w").toDoubles());
      assertThat(loaded).isEqualTo(new StateTensor(List.of(70L, 10L), rounded));
    }
  }
}
