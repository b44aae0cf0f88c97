package thalweg.lab.data.text;

import java.util.ArrayList;
import java.util.List;

/**
 * The characters a text is made of, as numbers: those of the training part in the order in which
 * they first come, then one number for any other.
 *
 * @param known as Unicode code points
 */
@SuppressWarnings("ArrayRecordComponent") // a table, never compared
public record Characters(int[] known) {
  /** How {@link #names} writes what is none of the known characters. */
  public static final String OTHER = "\uFFFD";

  /** How many numbers there are, that for any other character counted. */
  public int size() {
    return known.length + 1;
  }

  /** The number of any other character. */
  public int other() {
    return known.length;
  }

  /** Each number's character. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    for (int c : known) {
      names.add(Character.toString(c));
    }
    names.add(OTHER);
    return names;
  }
}
