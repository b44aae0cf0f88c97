package thalweg.text;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import thalweg.text.Syntax.Argument;
import thalweg.text.Syntax.Call;
import thalweg.text.Syntax.Items;
import thalweg.text.Syntax.Link;
import thalweg.text.Syntax.Place;
import thalweg.text.Syntax.Value;
import thalweg.text.Syntax.Word;

/** Reads the grammar of the text form: links, arguments, values, brackets. */
final class SpecReader {
  private static final String MARKS = "()[]=,|";

  private final String text;
  private final String kind;
  private final String example;
  private int next;

  SpecReader(String text) {
    this(text, "an optimizer", "adamw(lr=3e-4)");
  }

  /**
   * Of something else than optimizers.
   *
   * @param kind for messages: what is to be written
   * @param example one such, in text form
   */
  SpecReader(String text, String kind, String example) {
    this.text = text;
    this.kind = kind;
    this.example = example;
  }

  List<Link> links() {
    if (text.isBlank()) {
      throw here().error("there is nothing to read; write %s such as %s", kind, example);
    }
    List<Link> links = new ArrayList<>();
    links.add(link(links));
    while (accept('|')) {
      links.add(link(links));
    }
    if (!atEnd()) {
      char found = text.charAt(next);
      if (found == ')' || found == ']') {
        throw here().error("'%c' closes nothing; remove it", found);
      }
      throw here().error("expected '|' or the end, got '%s'; write a | b to chain a and b", rest());
    }
    return links;
  }

  /** One value and nothing else: a schedule. */
  Value schedule() {
    skipSpace();
    if (atEnd()) {
      throw here()
          .error("there is nothing to read; write a schedule such as cosine_annealing(T_max=100)");
    }
    Value value = value();
    skipSpace();
    if (!atEnd()) {
      char found = text.charAt(next);
      throw found == ')' || found == ']'
          ? here().error("'%c' closes nothing; remove it", found)
          : here().error("expected the end, got '%s'; write a.then(b) to join a and b", rest());
    }
    return value;
  }

  private Link link(List<Link> before) {
    skipSpace();
    Place at = here();
    if (atEnd() || text.charAt(next) == '|') {
      if (before.isEmpty()) {
        throw at.error("a link is missing before '|'; write a name or remove the '|'");
      }
      throw at.error(
          atEnd()
              ? "a link is missing after '|'; write a name or remove the '|'"
              : "a link is missing between '|' and '|'; write a name or remove one '|'");
    }
    if (text.charAt(next) == ')' || text.charAt(next) == ']') {
      throw at.error("'%c' closes nothing; remove it", text.charAt(next));
    }
    String name = word("a name such as " + example.split("\\(", 2)[0]);
    return new Link(name, at, arguments());
  }

  private List<Argument> arguments() {
    List<Argument> arguments = new ArrayList<>();
    skipSpace();
    Place open = here();
    if (!accept('(')) {
      return arguments;
    }
    if (accept(')')) {
      return arguments;
    }
    do {
      arguments.add(argument(open));
    } while (accept(','));
    close(open, '(', ')');
    return arguments;
  }

  private Argument argument(Place open) {
    skipSpace();
    if (atEnd()) {
      throw unclosed(open, '(', ')');
    }
    Place at = here();
    if (isListOpen()) {
      return new Argument(null, at, items());
    }
    String word = word("a value or name=value");
    if (!accept('=')) {
      return new Argument(null, at, wordOrCall(word, at));
    }
    skipSpace();
    if (atEnd() || text.charAt(next) == ',' || text.charAt(next) == ')') {
      throw here().error("the value of '%s' is missing; write %s=…", word, word);
    }
    return new Argument(word, at, value());
  }

  private Value value() {
    if (isListOpen()) {
      return items();
    }
    Place at = here();
    return wordOrCall(word("a value"), at);
  }

  /** A word, or the name of a schedule where arguments or methods follow. */
  private Value wordOrCall(String word, Place at) {
    skipSpace();
    if (atEnd() || text.charAt(next) != '(') {
      return new Word(word, at);
    }
    Link link = new Link(word, at, arguments());
    List<Link> methods = new ArrayList<>();
    while (accept('.')) {
      skipSpace();
      Place where = here();
      String method = word("then, times, until or per_epoch");
      skipSpace();
      if (atEnd() || text.charAt(next) != '(') {
        throw here().error("expected '(' after .%s, got '%s'", method, rest());
      }
      methods.add(new Link(method, where, arguments()));
    }
    return new Call(link, methods);
  }

  private Items items() {
    Place open = here();
    char mark = text.charAt(next);
    char end = mark == '[' ? ']' : ')';
    next++;
    List<Value> words = new ArrayList<>();
    if (!accept(end)) {
      do {
        skipSpace();
        if (atEnd()) {
          throw unclosed(open, mark, end);
        }
        Place at = here();
        words.add(isListOpen() ? items() : wordOrCall(word("a number"), at));
      } while (accept(','));
      close(open, mark, end);
    }
    return new Items(words, open);
  }

  private boolean isListOpen() {
    return text.charAt(next) == '[' || text.charAt(next) == '(';
  }

  private void close(Place open, char mark, char end) {
    if (accept(end)) {
      return;
    }
    if (atEnd() || text.charAt(next) == '|') {
      throw unclosed(open, mark, end);
    }
    char found = text.charAt(next);
    if (found == ')' || found == ']') {
      throw here()
          .error("'%c' at %d is closed by '%c'; write '%c'", mark, open.position(), found, end);
    }
    throw here().error("expected ',' or '%c', got '%s'", end, rest());
  }

  private SpecException unclosed(Place open, char mark, char end) {
    return here().error("'%c' at %d is not closed; add '%c'", mark, open.position(), end);
  }

  /** Letters, digits and signs up to a space or a mark. */
  private String word(String expected) {
    int start = next;
    while (!atEnd()
        && !Character.isWhitespace(text.charAt(next))
        && MARKS.indexOf(text.charAt(next)) < 0) {
      next++;
    }
    if (next == start) {
      throw here().error("expected %s, got '%s'", expected, rest());
    }
    return text.substring(start, next);
  }

  private boolean accept(char mark) {
    skipSpace();
    if (!atEnd() && text.charAt(next) == mark) {
      next++;
      return true;
    }
    return false;
  }

  private void skipSpace() {
    while (!atEnd() && Character.isWhitespace(text.charAt(next))) {
      next++;
    }
  }

  private boolean atEnd() {
    return next >= text.length();
  }

  private Place here() {
    return Place.in(text, next + 1);
  }

  /** What stands here, for messages: the next word or mark. */
  private String rest() {
    int end = next;
    while (end < text.length()
        && !Character.isWhitespace(text.charAt(end))
        && MARKS.indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return text.substring(next, Math.min(text.length(), Math.max(end, next + 1)));
  }

  /** Whether a text is one name and nothing else; that name, or null. */
  static @Nullable String loneName(String text) {
    return text.strip().matches("[A-Za-z_][A-Za-z0-9_]*") ? text.strip() : null;
  }
}
