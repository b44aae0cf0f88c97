package thalweg.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import thalweg.memory.Buffer;
import thalweg.memory.NumberType;
import thalweg.optimizer.ArrayParameter;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.Parameter;
import thalweg.optimizer.Parameters;
import thalweg.optimizer.RowsParameter;
import thalweg.text.Specs;

/** Gradients of some rows, of parameters and states that are not in float32. */
class LowPrecisionSparseTest {
  private static final int ROWS = 41;

  static List<Format> formats() {
    return Format.all().stream().filter(format -> !format.hasBlocks()).toList();
  }

  static List<Format> blocks() {
    return Format.all().stream().filter(Format::hasBlocks).toList();
  }

  private static Optimizer optimizer(
      String rule, String backend, Format format, Parameter parameter) {
    return Optimizer.over(Parameters.of(parameter))
        .otherwise(Specs.parse(rule))
        .backend(backend)
        .threads(1)
        .storage(format.storage())
        .build();
  }

  private static RowsParameter table(Format format, int columns) {
    RowsParameter table = RowsParameter.allocate("table", format.parameters(), ROWS, columns);
    table.value().write(0, Gradients.start(ROWS * columns, 1), ROWS * columns);
    return table;
  }

  private static ArrayParameter dense(Format format, int columns) {
    Buffer value = Buffer.allocate((long) ROWS * columns, format.parameters());
    value.write(0, Gradients.start(ROWS * columns, 1), ROWS * columns);
    Buffer gradient = Buffer.allocate((long) ROWS * columns, format.parameters());
    return new ArrayParameter("table", List.of((long) ROWS, (long) columns), value, gradient);
  }

  private static Map<String, double[]> everything(Parameter table, Optimizer optimizer) {
    Map<String, double[]> all = new TreeMap<>(optimizer.state().toDoubles());
    all.put("values", table.value().toDoubles());
    return all;
  }

  @ParameterizedTest
  @MethodSource("formats")
  void rowsGiveTheBitsOfTheDenseGradient(Format format) {
    for (String rule : new String[] {"sgd(lr=0.1)", "adagrad(lr=0.1)"}) {
      for (int columns : new int[] {1, 3, 16, 1030}) {
        for (String backend : Run.backends()) {
          RowsParameter table = table(format, columns);
          ArrayParameter dense = dense(format, columns);
          try (Optimizer one = optimizer(rule, backend, format, table);
              Optimizer other = optimizer(rule, backend, format, dense)) {
            Random random = new Random(columns);
            for (int step = 0; step < 6; step++) {
              one.zeroGrad();
              other.zeroGrad();
              for (int row = random.nextInt(4); row < ROWS; row += 1 + random.nextInt(9)) {
                float[] gradient = new float[columns];
                Gradients.TAME.fill(gradient, row, step + 1);
                table.add(row, gradient);
                Objects.requireNonNull(dense.gradient())
                    .write((long) row * columns, gradient, columns);
              }
              one.step();
              other.step();
            }
            Run.assertSameBits(
                "%s, %s, %s, %d columns:".formatted(backend, format, rule, columns),
                everything(table, one),
                everything(dense, other));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void everyBackendGivesTheSameBits(Format format) {
    for (int columns : new int[] {3, 16, 1030}) {
      Map<String, double[]> expected = null;
      for (String backend : Run.backends()) {
        RowsParameter table = table(format, columns);
        try (Optimizer optimizer = optimizer("sparse_adam(lr=0.1)", backend, format, table)) {
          Random random = new Random(columns);
          for (int step = 1; step <= 6; step++) {
            optimizer.zeroGrad();
            for (int row = ROWS - 1; row >= 0; row -= 1 + random.nextInt(9)) {
              float[] gradient = new float[columns];
              Gradients.WILD.fill(gradient, row, step + 5);
              table.add(row, gradient);
            }
            optimizer.step();
          }
          Map<String, double[]> all = everything(table, optimizer);
          expected = expected == null ? all : expected;
          Run.assertSameBits(backend + " " + format, all, expected);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void rowsDoNotFitBlocks(Format format) {
    RowsParameter table = table(format, 16);
    try (Optimizer optimizer = optimizer("adagrad(lr=0.1)", "block", format, table)) {
      table.add(3, new float[16]);
      double[] before = table.value().toDoubles();
      assertThatThrownBy(optimizer::step)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "parameter 'table' has a sparse gradient, whose rows do not fit blocks of 8-bit"
                  + " states; keep states in BFLOAT16 or FLOAT32");
      assertThat(table.value().toDoubles()).isEqualTo(before);
    }
    // what has no states has no blocks
    if (format.parameters() != NumberType.FLOAT32) {
      try (Optimizer optimizer = optimizer("sgd(lr=0.1)", "block", format, table)) {
        optimizer.step();
      }
    }
  }
}
