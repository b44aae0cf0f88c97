package thalweg.optimizer;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was taken over from a state, and what was not.
 *
 * @param loaded {@code group/parameter} of all parameters that go on where they stood
 * @param missing {@code group/parameter} of those the state has nothing of; they keep what they had
 * @param unfit {@code group/parameter} of those the state has something else of, to what is wrong;
 *     they keep what they had
 * @param extra what the state has and nothing here wants: {@code group/parameter}, or the key of a
 *     state or hyperparameter
 * @param notes what else was not taken over, in words
 */
public record LoadReport(
    List<String> loaded,
    List<String> missing,
    Map<String, String> unfit,
    List<String> extra,
    List<String> notes) {
  public LoadReport {
    loaded = List.copyOf(loaded);
    missing = List.copyOf(missing);
    unfit = Collections.unmodifiableMap(new LinkedHashMap<>(unfit));
    extra = List.copyOf(extra);
    notes = List.copyOf(notes);
  }

  /** Whether everything was taken over and nothing left. */
  public boolean isComplete() {
    return missing.isEmpty() && unfit.isEmpty() && extra.isEmpty() && notes.isEmpty();
  }

  /** For people: one line for each thing that was not taken over. */
  @Override
  public String toString() {
    StringBuilder text =
        new StringBuilder(
            "%d of %d parameters go on where they stood"
                .formatted(loaded.size(), loaded.size() + missing.size() + unfit.size()));
    missing.forEach(name -> text.append("\nmissing: ").append(name));
    unfit.forEach((name, why) -> text.append("\ndoes not fit: %s: %s".formatted(name, why)));
    extra.forEach(name -> text.append("\nnot known here: ").append(name));
    notes.forEach(note -> text.append("\n").append(note));
    return text.toString();
  }
}
