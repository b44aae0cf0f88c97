package thalweg.text;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a text form says before anybody asks whether the names exist. */
final class Syntax {
  private Syntax() {}

  /**
   * A name with arguments.
   *
   * @param at position of the name, from 1
   */
  record Link(String name, Place at, List<Argument> arguments) {}

  /** A value with or without a key. */
  record Argument(@Nullable String key, Place at, Value value) {}

  /** What stands for a value. */
  sealed interface Value {
    Place at();
  }

  /** A number, a word, true or false. */
  record Word(String text, Place at) implements Value {}

  /** Several in brackets. */
  record Items(List<Value> values, Place at) implements Value {}

  /**
   * A name with arguments in the place of a value, and what is done to it: {@code a(…).then(…)}.
   */
  record Call(Link link, List<Link> methods) implements Value {
    @Override
    public Place at() {
      return link.at();
    }
  }

  /** Where something stands, in words: the beginning of every message about it. */
  record Place(String source, int position) {
    private static final int LONGEST = 100;

    /** In a text, at a position counted from 1; of a long text, what stands around it. */
    static Place in(String text, int position) {
      String line = text.replaceAll("\\s", " ");
      if (line.length() > LONGEST) {
        int begin = Math.max(0, Math.min(position - LONGEST / 2, line.length() - LONGEST));
        int end = begin + LONGEST;
        line =
            (begin > 0 ? "…" : "") + line.substring(begin, end) + (end < line.length() ? "…" : "");
      }
      return new Place("'" + line + "'", position);
    }

    /** What somebody else found wrong here. */
    SpecException error(RuntimeException cause) {
      return error("%s", String.valueOf(cause.getMessage()));
    }

    SpecException error(String message, Object... arguments) {
      String what = arguments.length == 0 ? message : message.formatted(arguments);
      return new SpecException(
          position > 0 ? source + ", position " + position + ": " + what : source + ": " + what);
    }
  }
}
