package thalweg.formula;

import java.util.List;

/**
 * Something a user should hear of when it happens, such as a rule that changes over to another.
 *
 * @param when the update at which this is not 0
 * @param text one sentence, with a format such as {@code %s} or {@code %.0f} for each value
 * @param values what it reports
 */
public record Notice(Scalar when, String text, List<Scalar> values) {
  public Notice {
    values = List.copyOf(values);
  }
}
