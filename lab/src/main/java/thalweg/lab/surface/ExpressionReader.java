package thalweg.lab.surface;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import thalweg.lab.BadInput;
import thalweg.lab.surface.Node.Constant;
import thalweg.lab.surface.Node.Variable;
import thalweg.text.Nearest;
import thalweg.text.NumberText;

/** Reads the language of {@link Expression} by recursive descent; every bound is checked here. */
final class ExpressionReader {
  private static final int SHOWN = 100;
  static final int LARGEST_DIMENSION = 100;
  private static final int DEEPEST = 100;
  private static final int MOST_NODES = 20_000;

  private static final Map<String, Double> CONSTANTS = Map.of("pi", Math.PI, "e", Math.E);
  private static final Map<String, Integer> LETTERS = Map.of("x", 1, "y", 2, "z", 3);
  private static final List<String> PAIRS = List.of("min", "max", "pow");
  private static final String SUM = "sum";
  private static final Map<Character, String> INSTEAD =
      Map.of(
          '²', "^2", '³', "^3", '·', "*", '×', "*", '÷', "/", '−', "-", 'π', "pi", '√', "sqrt(…)",
          '|', "abs(…)");

  private final String text;
  private final Map<String, Double> indices = new HashMap<>();
  private int next;
  private int depth;
  private int nodes;
  private int highest = 2;

  ExpressionReader(String text) {
    this.text = text;
  }

  /** The tree of the whole text. */
  Node read() {
    if (text.isBlank()) {
      throw new BadInput(
          "there is no expression to read; write one such as (1-x)^2 + 100*(y-x^2)^2");
    }
    Node tree = expression();
    if (peek() == ')' || peek() == ']') {
      throw error("'%c' closes nothing; remove it", peek());
    }
    if (peek() != 0) {
      throw unexpected("an operator or the end");
    }
    return tree;
  }

  /** The highest coordinate that occurred, at least 2. */
  int dimension() {
    return highest;
  }

  private Node expression() {
    List<Node> terms = new ArrayList<>();
    terms.add(term());
    while (peek() == '+' || peek() == '-') {
      boolean minus = text.charAt(next++) == '-';
      Node term = term();
      terms.add(minus ? Nodes.scaled(-1, term) : term);
    }
    return Nodes.sum(terms);
  }

  private Node term() {
    Node product = signed();
    while (peek() == '*' || peek() == '/') {
      boolean times = text.charAt(next++) == '*';
      if (times && next < text.length() && text.charAt(next) == '*') {
        throw error("'**' is not an operator; write ^ for a power");
      }
      Node factor = signed();
      product = times ? Nodes.product(product, factor) : Nodes.quotient(product, factor);
    }
    return product;
  }

  private Node signed() {
    if (++depth > DEEPEST) {
      throw error("nested more than %d deep; make it simpler", DEEPEST);
    }
    Node result;
    if (peek() == '-') {
      next++;
      result = Nodes.scaled(-1, signed());
    } else if (peek() == '+') {
      next++;
      result = signed();
    } else {
      result = power();
    }
    depth--;
    return result;
  }

  private Node power() {
    Node base = atom();
    refuseMissingOperator();
    if (peek() != '^') {
      return base;
    }
    next++;
    return Nodes.power(base, signed());
  }

  private Node atom() {
    if (++nodes > MOST_NODES) {
      throw error(
          "it has more than %d numbers and coordinates once its sums are written out; shorten them",
          MOST_NODES);
    }
    char first = peek();
    if (first == '(') {
      int open = next++;
      Node inside = expression();
      close(open, ')');
      return inside;
    }
    if (isDigit(first) || first == '.') {
      return new Constant(number());
    }
    if (isLetter(first)) {
      return named();
    }
    throw unexpected("a number, a coordinate or '('");
  }

  private double number() {
    int start = next;
    digits();
    if (next < text.length() && text.charAt(next) == '.') {
      next++;
      digits();
    }
    if (next < text.length() && (text.charAt(next) == 'e' || text.charAt(next) == 'E')) {
      int back = next++;
      if (next < text.length() && (text.charAt(next) == '-' || text.charAt(next) == '+')) {
        next++;
      }
      if (next < text.length() && isDigit(text.charAt(next))) {
        digits();
      } else {
        next = back;
      }
    }
    try {
      return Double.parseDouble(text.substring(start, next));
    } catch (NumberFormatException _) {
      next = start;
      throw error("'.' is not a number; write 0.5");
    }
  }

  private void digits() {
    while (next < text.length() && isDigit(text.charAt(next))) {
      next++;
    }
  }

  private Node named() {
    int start = next;
    String name = word();
    Double constant = indices.getOrDefault(name, CONSTANTS.get(name));
    if (constant != null) {
      return new Constant(constant);
    }
    if (name.equals("x") && peek() == '[') {
      int open = next++;
      Node index = expression();
      close(open, ']');
      return coordinate(
          index instanceof Constant(double value) ? value : Double.NaN, start, "x[…]");
    }
    if (LETTERS.containsKey(name)) {
      return coordinate(LETTERS.get(name), start, name);
    }
    if (name.matches("x\\d+")) {
      return coordinate(Double.parseDouble(name.substring(1)), start, name);
    }
    if (name.equals(SUM)) {
      return written(start);
    }
    for (Function function : Function.values()) {
      if (function.text().equals(name)) {
        return Nodes.call(function, arguments(name, start, 1).getFirst());
      }
    }
    if (PAIRS.contains(name)) {
      List<Node> pair = arguments(name, start, 2);
      return name.equals("pow")
          ? Nodes.power(pair.get(0), pair.get(1))
          : Nodes.extreme(name.equals("max"), pair.get(0), pair.get(1));
    }
    next = start;
    throw error("'%s' is not known; %s", name, Nearest.offer(name, names()));
  }

  private Node coordinate(double index, int start, String name) {
    if (index != Math.rint(index) || index < 1 || index > LARGEST_DIMENSION) {
      next = start;
      throw error(
          "%s must be a whole coordinate from 1 to %d%s",
          name, LARGEST_DIMENSION, Double.isNaN(index) ? "" : ", got " + NumberText.of(index));
    }
    highest = Math.max(highest, (int) index);
    return new Variable((int) index - 1);
  }

  /** {@code sum(i, first, last, term)}: the term read again for each i. */
  private Node written(int start) {
    int open = open(SUM, start, "(i, 1, 9, x[i]^2)");
    peek();
    int at = next;
    String index = isLetter(peek()) ? word() : "";
    if (index.isEmpty() || names().contains(index) || index.matches("x\\d+")) {
      next = at;
      throw error("sum needs a new name to count with, such as sum(i, 1, 9, x[i]^2)");
    }
    if (indices.containsKey(index)) {
      next = at;
      throw error("'%s' counts in a sum around this one; take another name", index);
    }
    comma(open);
    int first = bound(open);
    int last = bound(open);
    if (last < first) {
      next = at;
      throw error("the sum is empty: it goes from %d to %d", first, last);
    }
    int body = next;
    List<Node> terms = new ArrayList<>();
    for (int i = first; i <= last; i++) {
      next = body;
      indices.put(index, (double) i);
      terms.add(expression());
    }
    indices.remove(index);
    close(open, ')');
    return Nodes.sum(terms);
  }

  private int bound(int open) {
    peek();
    int at = next;
    Node bound = expression();
    comma(open);
    if (bound instanceof Constant(double value)
        && value == Math.rint(value)
        && Math.abs(value) <= MOST_NODES) {
      return (int) value;
    }
    next = at;
    throw error("a sum goes from one whole number to another, at most %d", MOST_NODES);
  }

  private List<Node> arguments(String name, int start, int count) {
    int open = open(name, start, count == 1 ? "(x)" : "(x, y)");
    List<Node> arguments = new ArrayList<>();
    arguments.add(expression());
    while (arguments.size() < count) {
      comma(open);
      arguments.add(expression());
    }
    close(open, ')');
    return arguments;
  }

  private int open(String name, int start, String example) {
    if (peek() != '(') {
      next = start;
      throw error("%s is a function; write %s%s", name, name, example);
    }
    return next++;
  }

  private void comma(int open) {
    if (peek() != ',') {
      throw peek() == 0 ? unclosed(open) : unexpected("','");
    }
    next++;
  }

  private void close(int open, char mark) {
    if (peek() == mark) {
      next++;
      return;
    }
    throw peek() == 0 ? unclosed(open) : unexpected("an operator or '" + mark + "'");
  }

  private BadInput unclosed(int open) {
    return error("'%c' at character %d is not closed", text.charAt(open), open + 1);
  }

  private void refuseMissingOperator() {
    char found = peek();
    if (found == '(' || found == '.' || isDigit(found) || isLetter(found)) {
      throw error("an operator is missing before '%s'; write 2*x, not 2x", rest());
    }
  }

  private BadInput unexpected(String expected) {
    char found = peek();
    if (found == 0) {
      return error("expected %s, got the end", expected);
    }
    String instead = INSTEAD.get(found);
    return error(
        "expected %s, got '%s'%s", expected, rest(), instead == null ? "" : "; write " + instead);
  }

  private String word() {
    int start = next;
    while (next < text.length()
        && (isLetter(text.charAt(next))
            || isDigit(text.charAt(next))
            || text.charAt(next) == '_')) {
      next++;
    }
    return text.substring(start, next);
  }

  /** The word or mark that stands here, for messages. */
  private String rest() {
    int back = next;
    String word = word();
    next = back;
    return word.isEmpty() ? text.substring(next, text.offsetByCodePoints(next, 1)) : word;
  }

  /** The next mark that is no space, 0 at the end. */
  private char peek() {
    while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
      next++;
    }
    return next < text.length() ? text.charAt(next) : 0;
  }

  private static boolean isDigit(char mark) {
    return mark >= '0' && mark <= '9';
  }

  private static boolean isLetter(char mark) {
    return mark >= 'a' && mark <= 'z' || mark >= 'A' && mark <= 'Z';
  }

  private static List<String> names() {
    List<String> names = new ArrayList<>(List.of("x", "y", "z", "pi", "e", SUM));
    for (Function function : Function.values()) {
      names.add(function.text());
    }
    names.addAll(PAIRS);
    return names;
  }

  private BadInput error(String message, Object... arguments) {
    return new BadInput(
        "expression '%s', character %d: %s"
            .formatted(shown(), next + 1, message.formatted(arguments)));
  }

  /** The text, or what stands around the place in a long one. */
  private String shown() {
    int begin = Math.max(0, Math.min(next - SHOWN / 2, text.length() - SHOWN));
    int end = Math.min(text.length(), begin + SHOWN);
    return (begin > 0 ? "…" : "")
        + text.substring(begin, end).replaceAll("\\s", " ")
        + (end < text.length() ? "…" : "");
  }
}
