package thalweg.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SparseRowsTest {
  @Test
  void rowsStandInTheOrderInWhichTheyCame() {
    SparseRows rows = SparseRows.empty(2, NumberType.FLOAT32);
    rows.add(7, 1, 2);
    rows.add(3, 3, 4);
    assertThat(rows.count()).isEqualTo(2);
    assertThat(rows.row(0)).isEqualTo(7);
    assertThat(rows.row(1)).isEqualTo(3);
    assertThat(first(rows, 4)).containsExactly(1, 2, 3, 4);
    assertThat(rows).hasToString("2 rows of 2 FLOAT32");
  }

  @Test
  void whatIsAddedToARowAgainAddsUp() {
    SparseRows rows = SparseRows.empty(2, NumberType.FLOAT32);
    rows.add(7, 1, 2);
    rows.add(3, 3, 4);
    rows.add(7, 10, -2);
    assertThat(rows.count()).isEqualTo(2);
    assertThat(first(rows, 4)).containsExactly(11, 0, 3, 4);
  }

  @Test
  void thousandsOfRowsAddUpAsTheyWouldInATable() {
    // rows that share low bits, rows beyond an int, and clears in between
    Random random = new Random(5);
    SparseRows rows = SparseRows.empty(1, NumberType.FLOAT64);
    for (int round = 0; round < 4; round++) {
      Map<Long, Double> table = new HashMap<>();
      for (int i = 0; i < 5_000; i++) {
        long row = (long) random.nextInt(2_000) << (i % 3 * 16);
        rows.add(row, 1.0 + i);
        table.merge(row, 1.0 + i, Double::sum);
      }
      assertThat(rows.count()).isEqualTo(table.size());
      for (int i = 0; i < rows.count(); i++) {
        assertThat(rows.values().get(i)).isEqualTo(table.get(rows.row(i)));
      }
      rows.clear();
    }
  }

  @Test
  void clearedRowsAreForgottenAndTheMemoryStays() {
    SparseRows rows = SparseRows.empty(1, NumberType.FLOAT32);
    for (int i = 0; i < 100; i++) {
      rows.add(i, 5);
    }
    Buffer memory = rows.values();
    rows.clear();
    assertThat(rows.count()).isZero();
    for (int i = 0; i < 100; i++) {
      rows.add(99 - i, 1);
    }
    assertThat(rows.values()).isSameAs(memory);
    assertThat(first(rows, 100)).containsOnly(1);
  }

  @Test
  void aRowOfAnotherWidthOrBelowZeroIsRefusedAndNothingIsAdded() {
    SparseRows rows = SparseRows.empty(2, NumberType.FLOAT32);
    assertThatThrownBy(() -> rows.add(1, 1f, 2f, 3f))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a row has 2 elements, got 3");
    assertThatThrownBy(() -> rows.add(1, new double[1])).hasMessage("a row has 2 elements, got 1");
    assertThatThrownBy(() -> rows.add(-1, 1f, 2f))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a row is counted from 0, got -1");
    assertThat(rows.count()).isZero();
    assertThatThrownBy(() -> SparseRows.empty(-1, NumberType.FLOAT32))
        .hasMessage("SparseRows.columns must be >= 0, got -1");
  }

  @Test
  void computedRowsAreNotCopiedAndMayBeAddedTo() {
    float[] values = {1, 2, 3, 4};
    SparseRows rows = SparseRows.of(new long[] {9, 4}, Buffer.of(values));
    assertThat(rows.columns()).isEqualTo(2);
    rows.add(4, 10, 10);
    assertThat(values).containsExactly(1, 2, 13, 14);
    rows.add(5, 7, 8); // grows into memory of its own
    assertThat(first(rows, 6)).containsExactly(1, 2, 13, 14, 7, 8);
    assertThat(values).containsExactly(1, 2, 13, 14);
  }

  @Test
  void computedRowsMustStandOnceAndShareTheirValuesEvenly() {
    Buffer six = Buffer.of(new float[6]);
    assertThatThrownBy(() -> SparseRows.of(new long[] {1, 2, 1}, six))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("row 1 stands twice among the rows of a sparse gradient; add them up first");
    assertThatThrownBy(() -> SparseRows.of(new long[4], six))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("4 rows cannot share 6 x FLOAT32 in a Java array evenly");
    assertThatThrownBy(() -> SparseRows.of(new long[0], Buffer.of(new float[0])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("use SparseRows.empty(columns, type)");
  }

  @Test
  void setReplacesWhatWasThereAndKeepsTheMemory() {
    SparseRows rows = SparseRows.empty(2, NumberType.FLOAT32);
    rows.set(new long[] {4, 2, 8, 77}, 3, Buffer.of(new float[] {1, 2, 3, 4, 5, 6}));
    Buffer memory = rows.values();
    assertThat(rows.count()).isEqualTo(3);
    assertThat(first(rows, 6)).containsExactly(1, 2, 3, 4, 5, 6);
    rows.set(new long[] {8}, 1, Buffer.of(new float[] {9, 9}));
    rows.add(8, 1, 0);
    rows.add(4, 1, 1);
    assertThat(rows.values()).isSameAs(memory);
    assertThat(rows.count()).isEqualTo(2);
    assertThat(first(rows, 4)).containsExactly(10, 9, 1, 1);
    rows.set(new long[0], 0, Buffer.of(new float[0]));
    assertThat(rows.count()).isZero();
  }

  @Test
  void afterASetThatIsRefusedThereAreNoRows() {
    SparseRows rows = SparseRows.empty(1, NumberType.FLOAT32);
    rows.add(3, 5);
    assertThatThrownBy(() -> rows.set(new long[] {1, 1}, 2, Buffer.of(new float[] {7, 7})))
        .hasMessageStartingWith("row 1 stands twice");
    assertThat(rows.count()).isZero();
    assertThatThrownBy(() -> rows.set(new long[] {1}, 1, Buffer.of(new double[1])))
        .hasMessage("1 rows of 1 FLOAT32 are not 1 x FLOAT64 in a Java array");
    rows.add(1, 2);
    assertThat(first(rows, 1)).containsExactly(2);
  }

  private static double[] first(SparseRows rows, int count) {
    return rows.values().slice(0, count).toDoubles();
  }
}
