package thalweg.lab.trace;

import java.util.Locale;

/**
 * That a walk ended before its time.
 *
 * @param at the first step whose place is not kept, at least 1: the walk ends before it
 */
public record Stop(int at, Why why) {
  /** What was wrong there. */
  public enum Why {
    /** It went to infinity, or so far away that nothing can be drawn: diverged. */
    LEFT,

    /** The surface has no finite value or gradient there, though the place is near. */
    UNDEFINED;

    /** The word of JSON. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** For people: {@code left at step 7}, {@code ends where f is undefined, at step 7}. */
  public String words() {
    return switch (why) {
      case LEFT -> "left at step " + at;
      case UNDEFINED -> "ends where f is undefined, at step " + at;
    };
  }

  /** The same in the cell of a table: {@code left at 7}, {@code f undefined at 7}. */
  public String cell() {
    return switch (why) {
      case LEFT -> "left at " + at;
      case UNDEFINED -> "f undefined at " + at;
    };
  }
}
