package thalweg.lab.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One column of features as it was read: nothing scaled, nothing filled in. */
public sealed interface Column {
  /** The name in the table's header. */
  String name();

  /** How many rows it has. */
  int rows();

  /**
   * Numbers.
   *
   * @param values [rows]; NaN where the value is missing. Not copied: do not write to it
   */
  @SuppressWarnings("ArrayRecordComponent") // a million boxed numbers would be four times as large
  record Numeric(String name, double[] values) implements Column {
    @Override
    public int rows() {
      return values.length;
    }
  }

  /**
   * Categories.
   *
   * @param values [rows]; null where the value is missing
   */
  record Text(String name, List<@Nullable String> values) implements Column {
    public Text {
      values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    @Override
    public int rows() {
      return values.size();
    }
  }
}
