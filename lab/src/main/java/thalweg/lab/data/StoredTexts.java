package thalweg.lab.data;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * The texts of a column by their numbers, which may lie in a mapped file; NaN is a missing text.
 */
final class StoredTexts extends AbstractList<@Nullable String> implements RandomAccess {
  private final List<String> texts;
  private final Numbers numbers;

  StoredTexts(List<String> texts, Numbers numbers) {
    this.texts = List.copyOf(texts);
    this.numbers = numbers;
  }

  @Override
  public @Nullable String get(int row) {
    double number = numbers.at(row);
    return Double.isNaN(number) ? null : texts.get((int) number);
  }

  @Override
  public int size() {
    return numbers.rows();
  }
}
