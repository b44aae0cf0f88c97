package thalweg.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import thalweg.execute.Backends;
import thalweg.formula.Transformation;
import thalweg.memory.Buffer;
import thalweg.memory.NumberType;
import thalweg.memory.SparseRows;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.Parameter;
import thalweg.optimizer.Parameters;
import thalweg.rules.Adam;
import thalweg.rules.SparseAdam;
import thalweg.text.Specs;

/** Rows against the dense gradient they stand for, bit for bit, on every backend and memory. */
class SparseRowsAgreementTest {
  /** A table whose gradient is rows, or the dense tensor with zeros elsewhere. */
  private static final class Table implements Parameter {
    private final long rows;
    private final int columns;
    private final Buffer value;
    private final @Nullable Buffer dense;
    private final @Nullable SparseRows sparse;

    Table(int rows, int columns, Run.Memory memory, boolean isSparse) {
      this.rows = rows;
      this.columns = columns;
      value = buffer(rows * columns, memory);
      dense = isSparse ? null : buffer(rows * columns, memory);
      sparse = isSparse ? SparseRows.empty(columns, value.type()) : null;
      float[] start = Gradients.start(rows * columns, 1);
      for (int i = 0; i < start.length; i++) {
        value.set(i, start[i]);
      }
    }

    private static Buffer buffer(int length, Run.Memory memory) {
      return switch (memory) {
        case NATIVE -> Buffer.allocate(length, NumberType.FLOAT32);
        case ARRAYS -> Buffer.of(new float[length]);
        case DOUBLES -> Buffer.of(new double[length]);
      };
    }

    void add(int row, float... gradient) {
      if (sparse != null) {
        sparse.add(row, gradient);
      }
      if (dense != null) {
        for (int i = 0; i < columns; i++) {
          long at = (long) row * columns + i;
          dense.set(at, dense.get(at) + gradient[i]);
        }
      }
    }

    @Override
    public String name() {
      return "table";
    }

    @Override
    public List<Long> shape() {
      return List.of(rows, (long) columns);
    }

    @Override
    public Buffer value() {
      return value;
    }

    @Override
    public @Nullable Buffer gradient() {
      return dense;
    }

    @Override
    public @Nullable SparseRows sparseGradient() {
      return sparse;
    }
  }

  private static Optimizer optimizer(Transformation rule, String backend, Table table) {
    return Optimizer.over(Parameters.of(table)).otherwise(rule).backend(backend).threads(2).build();
  }

  private static Map<String, double[]> everything(Table table, Optimizer optimizer) {
    Map<String, double[]> all = new TreeMap<>(optimizer.state().toDoubles());
    all.put("values", table.value().toDoubles());
    return all;
  }

  /** Rows of one step: all orders, neighbours, twice, none, all. */
  private static List<Integer> drawn(int rows, int step, Random random) {
    List<Integer> all = new ArrayList<>(IntStream.range(0, rows).boxed().toList());
    return switch (step % 6) {
      case 0 -> List.of(rows - 1);
      case 1 -> List.of();
      case 2 -> all; // one stretch
      case 3 -> {
        Collections.shuffle(all, random);
        yield all;
      }
      case 4 -> all.subList(rows / 3, 2 * rows / 3 + 1);
      default -> {
        List<Integer> twice = new ArrayList<>();
        for (int i = 0; i < 2 * rows; i++) {
          twice.add(random.nextInt(rows / 2 + 1));
        }
        yield twice;
      }
    };
  }

  private static void add(int step, Random random, int rows, int columns, Table... tables) {
    for (int row : drawn(rows, step, random)) {
      float[] gradient = new float[columns];
      Gradients.TAME.fill(gradient, random.nextInt(1000), 1);
      for (Table table : tables) {
        table.add(row, gradient);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "sgd(lr=0.1)",
        "sgd(lr=0.1,maximize=true)",
        "adagrad(lr=0.1)",
        "adagrad(lr=0.1,lr_decay=0.3,initial_accumulator_value=0.5)",
        "adagrad(lr=0.1,eps=0.1,maximize=true)",
        "clip_by_value(0.5) | scale(2) | adagrad(lr=0.1)",
      })
  void rowsGiveTheBitsOfTheDenseGradient(String rule) {
    for (int columns : new int[] {1, 3, 16, 1030, 70_001}) {
      int rows = columns > 10_000 ? 5 : columns > 1000 ? 9 : 41;
      for (String backend : List.of("reference", "block", "vector")) {
        for (Run.Memory memory : Run.Memory.values()) {
          if (memory != Run.Memory.DOUBLES || backend.equals(Backends.REFERENCE)) {
            compare(rule, backend, memory, rows, columns);
          }
        }
      }
    }
  }

  private static void compare(
      String rule, String backend, Run.Memory memory, int rows, int columns) {
    Random random = new Random(columns);
    Table sparse = new Table(rows, columns, memory, true);
    Table dense = new Table(rows, columns, memory, false);
    try (var one = optimizer(Specs.parse(rule), backend, sparse);
        var other = optimizer(Specs.parse(rule), backend, dense)) {
      for (int step = 0; step < 12; step++) {
        one.zeroGrad();
        other.zeroGrad();
        add(step, random, rows, columns, sparse, dense);
        if (step == 7) {
          one.group("default").set("lr", 0.03);
          other.group("default").set("lr", 0.03);
        }
        one.step();
        other.step();
        Run.assertSameBits(
            "%s, %s, %d columns, step %d:".formatted(backend, memory, columns, step),
            everything(sparse, one),
            everything(dense, other));
      }
      assertThat(one.state().updates()).isEqualTo(other.state().updates());
    }
  }

  @Test
  void theFloat32BackendsAgreeOnSparseAdamInEveryBit() {
    for (int columns : new int[] {1, 3, 16, 1030}) {
      for (Run.Memory memory : List.of(Run.Memory.NATIVE, Run.Memory.ARRAYS)) {
        Table blocks = new Table(41, columns, memory, true);
        Table vectors = new Table(41, columns, memory, true);
        Random random = new Random(columns);
        Transformation rule = SparseAdam.lr(0.1);
        try (var one = optimizer(rule, "block", blocks);
            var other = optimizer(rule, "vector", vectors)) {
          for (int step = 0; step < 12; step++) {
            one.zeroGrad();
            other.zeroGrad();
            add(step, random, 41, columns, blocks, vectors);
            one.step();
            other.step();
            Run.assertSameBits("step " + step, everything(vectors, other), everything(blocks, one));
          }
        }
      }
    }
  }

  @Test
  void sparseAdamIsAdamWhereRowsComeAtEveryStepAndNothingElsewhere() {
    // Adam's eps goes to the root of the corrected mean, so that of step t is eps/√(1 − β₂ᵗ)
    double eps = 1e-3;
    for (String backend : List.of("reference", "block", "vector")) {
      Run.Memory memory = backend.equals("reference") ? Run.Memory.DOUBLES : Run.Memory.NATIVE;
      double error = backend.equals("reference") ? 1e-12 : 1e-5;
      Table lazy = new Table(4, 3, memory, true);
      Table eager = new Table(4, 3, memory, false);
      try (var one = optimizer(SparseAdam.lr(0.1).eps(eps), backend, lazy);
          var other = optimizer(Adam.lr(0.1), backend, eager)) {
        Map<String, double[]> start = everything(lazy, one);
        for (int step = 1; step <= 20; step++) {
          one.zeroGrad();
          other.zeroGrad();
          for (int row : new int[] {3, 1}) {
            float[] gradient = {step - 9, row, -0.1f * step};
            lazy.add(row, gradient);
            eager.add(row, gradient);
          }
          other.group("default").set("eps", eps / Math.sqrt(1 - Math.pow(0.999, step)));
          one.step();
          other.step();
        }
        Map<String, double[]> after = everything(lazy, one);
        assertThat(after).hasSize(3);
        after.forEach((name, values) -> {
          double[] expected =
              name.equals("values")
                  ? eager.value().toDoubles()
                  : other.state().tensor(name.replace("sparse_adam", "adam")).toDoubles();
          for (int i = 0; i < values.length; i++) {
            if (i / 3 % 2 == 1) {
              assertThat(values[i]).as(backend + name + i).isCloseTo(expected[i], within(error));
            } else {
              assertThat(values[i]).isEqualTo(Objects.requireNonNull(start.get(name))[i]);
            }
          }
        });
      }
    }
  }
}
