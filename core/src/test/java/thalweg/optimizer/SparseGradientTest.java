package thalweg.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import thalweg.memory.Buffer;
import thalweg.memory.NumberType;
import thalweg.memory.SparseRows;
import thalweg.rules.Adagrad;
import thalweg.rules.Sgd;
import thalweg.text.Specs;
import thalweg.walk.Loose;

class SparseGradientTest {
  /** Whatever gradient a user's engine may hand over, wrong ones too. */
  private static final class Given implements Parameter {
    private final Buffer value;
    private final List<Long> shape;
    private @Nullable SparseRows rows;

    Given(Buffer value, Long... shape) {
      this.value = value;
      this.shape = List.of(shape);
    }

    Given rows(SparseRows given) {
      rows = given;
      return this;
    }

    @Override
    public String name() {
      return "table";
    }

    @Override
    public List<Long> shape() {
      return shape;
    }

    @Override
    public Buffer value() {
      return value;
    }

    @Override
    public @Nullable Buffer gradient() {
      return null;
    }

    @Override
    public @Nullable SparseRows sparseGradient() {
      return rows;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "block"})
  void onlyTheRowsNamedMoveAndThoseNamedTwiceAddUp(String backend) {
    float[] values = {1, 2, 3, 4, 5, 6};
    RowsParameter table = RowsParameter.of("table", values, 2);
    try (var optimizer =
        Optimizer.over(Parameters.of(table)).otherwise(Sgd.lr(0.5)).backend(backend).build()) {
      table.add(2, 1, 2).add(0, 4, 4).add(2, 1, 0);
      optimizer.step();
      assertThat(values).containsExactly(-1, 0, 3, 4, 4, 5);
      optimizer.zeroGrad();
      optimizer.step();
      assertThat(values).containsExactly(-1, 0, 3, 4, 4, 5);
      assertThat(optimizer.state().updates()).containsEntry("default/table", 2L);
    }
  }

  @Test
  void aTableOfFloat64TakesItsRowsInDouble() {
    double[] values = {1, 2};
    RowsParameter table = RowsParameter.of("table", values, 1).add(1, 0.1).add(1, 0.2);
    try (var optimizer =
        Optimizer.over(Parameters.of(table)).otherwise(Sgd.lr(1)).backend("reference").build()) {
      optimizer.step();
      assertThat(values).containsExactly(1, 2 - (0.1 + 0.2));
    }
  }

  @Test
  void aTableSaysWhatIsWrongWithARow() {
    RowsParameter table = RowsParameter.allocate("words", NumberType.FLOAT32, 3, 2);
    assertThat(table.shape()).containsExactly(3L, 2L);
    assertThat(table).hasToString("words [3, 2]");
    assertThatThrownBy(() -> table.add(3, 1f, 1f))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("parameter 'words' has no row 3; its rows are 0 to 2");
    assertThatThrownBy(() -> table.add(-1, 1.0, 1.0)).hasMessageContaining("has no row -1");
    assertThatThrownBy(() -> table.add(0, 1f)).hasMessage("a row has 2 elements, got 1");
    assertThat(table.sparseGradient().count()).isZero();
    assertThatThrownBy(() -> RowsParameter.of("words", new float[5], 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("parameter 'words': 5 values are no rows of 2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "adam; adam changes elements without gradient too (adam/exp_avg, adam/exp_avg_sq, the"
            + " values)",
        "sgd(momentum=0.9); sgd changes elements without gradient too (sgd/momentum_buffer, the"
            + " values)",
        "adagrad(weight_decay=0.1); adagrad changes elements without gradient too (adagrad/sum,"
            + " the values)",
        "clip_by_global_norm(1) | sgd; the chain of group 'default' looks at all elements at once",
        "sgd | project_nonnegative; the chain of group 'default' changes elements without gradient"
            + " too (the values)",
        "sgd | prox_l1(0.1); the chain of group 'default' changes elements without gradient too"
            + " (the values)",
        "accumulate(2) | sgd; the chain of group 'default' changes elements without gradient too"
            + " (accumulate/sum, the values)",
        "add_decayed_weights(0.1) | sparse_adam; the chain of group 'default' changes elements"
            + " without gradient too (the values)",
        "trace(0.9) | sparse_adam; the chain of group 'default' changes elements without gradient"
            + " too (trace/momentum_buffer, the values)",
        "adafactor; adafactor looks at all elements at once",
        "nag; nag takes gradients at other points too"
      })
  void aRuleThatWouldMoveOtherRowsNamesThoseThatDoNot(String rule, String why) {
    float[] values = {1, 2, 3, 4};
    Loose first = new Loose("a", 1).gradient(1);
    RowsParameter table = RowsParameter.of("table", values, 2).add(1, 1, 1);
    for (String backend : List.of("reference", "block")) {
      try (var optimizer =
          Optimizer.over(Parameters.of(first, table))
              .group("dense", parameter -> parameter == first, Sgd.lr(0.1))
              .otherwise(Specs.parse(rule))
              .backend(backend)
              .build()) {
        OptimizerState before = optimizer.state();
        assertThatThrownBy(() -> optimizer.step(() -> 0))
            .isInstanceOf(IllegalStateException.class)
            .hasMessage(
                "parameter 'table' has a sparse gradient, but "
                    + why
                    + "; use sgd, adagrad, sparse_adam, or a dense gradient");
        assertThat(values).containsExactly(1, 2, 3, 4);
        assertThat(first.value().get(0)).isEqualTo(1);
        assertThat(optimizer.state()).isEqualTo(before);
      }
    }
  }

  @Test
  void lookaheadLooksAtItsSlowWeights() {
    RowsParameter table = RowsParameter.of("table", new float[4], 2).add(1, 1, 1);
    try (var optimizer = Optimizer.of(Specs.parse("sgd | lookahead"), Parameters.of(table))) {
      assertThatThrownBy(optimizer::step)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("lookahead/")
          .hasMessageEndingWith("use sgd, adagrad, sparse_adam, or a dense gradient");
    }
  }

  @Test
  void anOptionChangedBetweenStepsIsAskedAgain() {
    float[] values = {1, 1};
    RowsParameter table = RowsParameter.of("table", values, 1);
    try (var optimizer = Optimizer.of(Adagrad.lr(0.1).eps(0), Parameters.of(table))) {
      table.add(0, 2);
      optimizer.step();
      optimizer.group("default").set("weight_decay", 0.1);
      assertThatThrownBy(optimizer::step).hasMessageContaining("but adagrad changes elements");
      optimizer.group("default").set("weight_decay", 0.0);
      optimizer.group("default").set("lr", 0.2);
      optimizer.step();
      assertThat(values[0]).isCloseTo((float) (0.9 - 0.2 / Math.sqrt(2)), within(1e-6f));
      assertThat(values[1]).isEqualTo(1);
      assertThat(optimizer.state().updates()).containsEntry("default/table", 2L);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "block"})
  void rowsThatAreNotTheParametersAreRefusedBeforeAnythingMoves(String backend) {
    float[] values = {1, 2, 3, 4};
    Given table = new Given(Buffer.of(values), 2L, 2L);
    Loose first = new Loose("a", 1).gradient(1);
    try (var optimizer =
        Optimizer.over(Parameters.of(first, table))
            .otherwise(Adagrad.lr(0.1))
            .backend(backend)
            .build()) {
      OptimizerState before = optimizer.state();
      SparseRows outside = SparseRows.empty(2, NumberType.FLOAT32);
      outside.add(0, 1, 1);
      outside.add(2, 1, 1);
      refused(optimizer, table.rows(outside), "names row 2; its values are 2 rows");
      SparseRows negative = SparseRows.of(new long[] {-1}, Buffer.of(new float[2]));
      refused(optimizer, table.rows(negative), "names row -1; its values are 2 rows");
      SparseRows wide = SparseRows.of(new long[] {1}, Buffer.of(new float[3]));
      refused(
          optimizer,
          table.rows(wide),
          "is 1 rows of 3 FLOAT32, its values are 2 rows of 2 FLOAT32");
      SparseRows exact = SparseRows.of(new long[] {1}, Buffer.of(new double[2]));
      refused(
          optimizer,
          table.rows(exact),
          "is 1 rows of 2 FLOAT64, its values are 2 rows of 2 FLOAT32");
      assertThat(values).containsExactly(1, 2, 3, 4);
      assertThat(first.value().get(0)).isEqualTo(1);
      assertThat(optimizer.state()).isEqualTo(before);
      // and it goes on once they are
      table.rows(SparseRows.of(new long[] {1}, Buffer.of(new float[] {5, -5})));
      optimizer.step();
      assertThat(values[3]).isCloseTo(4.1f, within(1e-6f));
      assertThat(optimizer.state().updates()).containsEntry("default/table", 1L);
    }
  }

  private static void refused(Optimizer optimizer, Given table, String why) {
    assertThatThrownBy(optimizer::step)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the sparse gradient of parameter 'table' " + why);
    assertThat(table.value().get(2)).isEqualTo(3);
  }

  @Test
  void aSingleNumberHasNoRows() {
    Given number = new Given(Buffer.of(new float[1]));
    number.rows(SparseRows.of(new long[] {0}, Buffer.of(new float[1])));
    try (var optimizer = Optimizer.of(Sgd.lr(0.1), Parameters.of(number))) {
      assertThatThrownBy(optimizer::step)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "parameter 'table' is a single number and has no rows; give it a dense gradient");
    }
  }

  @Test
  void rowsMayHaveAnyNumberOfAxesAndAVectorsRowsAreNumbers() {
    float[] cube = {0, 0, 0, 0, 0, 0, 0, 0};
    float[] vector = {0, 0, 0};
    Given boxes = new Given(Buffer.of(cube), 2L, 2L, 2L);
    boxes.rows(SparseRows.of(new long[] {1}, Buffer.of(new float[] {1, 2, 3, 4})));
    try (var optimizer = Optimizer.of(Sgd.lr(1), Parameters.of(boxes))) {
      optimizer.step();
    }
    assertThat(cube).containsExactly(0, 0, 0, 0, -1, -2, -3, -4);
    Given numbers = new Given(Buffer.of(vector), 3L);
    numbers.rows(SparseRows.of(new long[] {2, 0}, Buffer.of(new float[] {1, 2})));
    try (var optimizer = Optimizer.of(Sgd.lr(1), Parameters.of(numbers))) {
      optimizer.step();
    }
    assertThat(vector).containsExactly(-2, 0, -1);
  }

  @Test
  void aTableWithoutRowsIsSteppedToo() {
    Given empty = new Given(Buffer.of(new float[0]), 0L, 64L);
    empty.rows(SparseRows.empty(64, NumberType.FLOAT32));
    for (String backend : List.of("reference", "block")) {
      try (var optimizer =
          Optimizer.over(Parameters.of(empty)).otherwise(Adagrad.lr(1)).backend(backend).build()) {
        optimizer.step();
        assertThat(optimizer.state().updates()).containsEntry("default/table", 1L);
      }
    }
  }

  @Test
  void denseAndSparseGradientsMayComeInTurn() {
    float[] values = {1, 1};
    Loose dense = new Loose("dense", 1, 1).gradient(1, 1);
    RowsParameter table = RowsParameter.of("table", values, 1).add(1, 1);
    try (var optimizer = Optimizer.of(Sgd.lr(0.5), Parameters.of(dense, table))) {
      optimizer.step();
      dense.withoutGradient();
      optimizer.step();
      dense.gradient(2, 2);
      optimizer.step();
    }
    assertThat(values).containsExactly(1, -0.5f);
    assertThat(dense.value().toDoubles()).containsExactly(-0.5, -0.5);
  }
}
