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
   * @param values NaN where the value is missing
   */
  record Numeric(String name, Numbers values) implements Column {
    /** Numbers of an array, which is not copied: do not write to it. */
    public Numeric(String name, double[] values) {
      this(name, Numbers.of(values));
    }

    @Override
    public int rows() {
      return values.rows();
    }
  }

  /**
   * Categories.
   *
   * @param values [rows]; null where the value is missing
   */
  record Text(String name, List<@Nullable String> values) implements Column {
    public Text {
      if (!(values instanceof StoredTexts)) {
        values = Collections.unmodifiableList(new ArrayList<>(values));
      }
    }

    @Override
    public int rows() {
      return values.size();
    }
  }
}
