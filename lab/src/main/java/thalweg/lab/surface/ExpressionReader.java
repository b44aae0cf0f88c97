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

/** Reads the language of {@link Expression} by recursive descent; depth and size are bounded. */
final class ExpressionReader {
  static final int LARGEST_DIMENSION = 1_000;

  private static final int DEEPEST = 100;
  private static final int MOST_LEAVES = 50_000;

  private final ExpressionScanner scan;
  private final Map<String, Double> counters = new HashMap<>();
  private int depth;
  private int leaves;
  private int highest = 2;

  ExpressionReader(String text) {
    if (text.isBlank()) {
      throw new BadInput(
          "there is no expression to read; write one such as (1-x)^2 + 100*(y-x^2)^2");
    }
    scan = new ExpressionScanner(text);
  }

  /** The tree of the whole text. */
  Node read() {
    Node tree = expression();
    char found = scan.peek();
    if (found == ')' || found == ']') {
      throw scan.error(scan.place(), "'%c' closes nothing; remove it", found);
    }
    if (found != 0) {
      throw scan.unexpected("an operator or the end");
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
    while (true) {
      if (scan.accept('+')) {
        terms.add(term());
      } else if (scan.accept('-')) {
        terms.add(Nodes.scaled(-1, term()));
      } else {
        return Nodes.sum(terms);
      }
    }
  }

  private Node term() {
    Node product = signed();
    while (true) {
      int place = scan.place();
      if (scan.accept('*')) {
        if (scan.accept('*')) {
          throw scan.error(place, "'**' is not an operator; write ^ for a power");
        }
        product = Nodes.product(product, signed());
      } else if (scan.accept('/')) {
        product = Nodes.quotient(product, signed());
      } else {
        return product;
      }
    }
  }

  /** A power with signs before it. Whatever nests passes here. */
  private Node signed() {
    int place = scan.place();
    if (++depth > DEEPEST) {
      throw scan.error(place, "this is nested more than %d deep; make it simpler", DEEPEST);
    }
    Node result;
    if (scan.accept('-')) {
      result = Nodes.scaled(-1, signed());
    } else {
      result = scan.accept('+') ? signed() : power();
    }
    depth--;
    return result;
  }

  private Node power() {
    Node base = atom();
    if (scan.peek() == '(' || scan.isAtNumber() || scan.isAtWord()) {
      throw scan.error(
          scan.place(), "an operator is missing before '%s'; write 2*x instead of 2x", scan.rest());
    }
    return scan.accept('^') ? Nodes.power(base, signed()) : base;
  }

  private Node atom() {
    int place = scan.place();
    if (++leaves > MOST_LEAVES) {
      throw scan.error(
          place,
          "with its sums written out it has more than %d numbers and coordinates; shorten it",
          MOST_LEAVES);
    }
    if (scan.accept('(')) {
      Node inside = expression();
      scan.close(place, ')');
      return inside;
    }
    if (scan.isAtNumber()) {
      return new Constant(scan.number());
    }
    if (!scan.isAtWord()) {
      throw scan.unexpected("a number, a coordinate or '('");
    }
    String name = scan.word();
    Double constant = counters.getOrDefault(name, Words.CONSTANTS.get(name));
    if (constant != null) {
      return new Constant(constant);
    }
    return name.equals("x") && scan.peek() == '[' ? indexed(place) : named(name, place);
  }

  private Node named(String name, int place) {
    if (Words.LETTERS.contains(name)) {
      return coordinate(Words.LETTERS.indexOf(name) + 1, name, place);
    }
    if (Words.isNumbered(name)) {
      return coordinate(Double.parseDouble(name.substring(1)), name, place);
    }
    if (name.equals(Words.SUM)) {
      return sum(place);
    }
    for (Function function : Function.values()) {
      if (function.text().equals(name)) {
        return Nodes.call(function, arguments(name, place, 1).getFirst());
      }
    }
    if (Words.PAIRS.contains(name)) {
      List<Node> pair = arguments(name, place, 2);
      return name.equals("pow")
          ? Nodes.power(pair.get(0), pair.get(1))
          : Nodes.extreme(name.equals("max"), pair.get(0), pair.get(1));
    }
    throw scan.error(place, "'%s' is not known; %s", name, Nearest.offer(name, Words.all()));
  }

  /** {@code x[i+1]}. */
  private Node indexed(int place) {
    int open = scan.place();
    scan.accept('[');
    Node index = expression();
    scan.close(open, ']');
    if (index instanceof Constant(double value)) {
      return coordinate(value, "x[…]", place);
    }
    throw scan.error(open, "what stands in x[…] must be a number, such as x[2]");
  }

  private Node coordinate(double index, String name, int place) {
    if (index != Math.rint(index) || index < 1 || index > LARGEST_DIMENSION) {
      throw scan.error(
          place,
          "coordinates go from x1 to x%d, got %s with %s",
          LARGEST_DIMENSION,
          name,
          NumberText.of(index));
    }
    highest = Math.max(highest, (int) index);
    return new Variable((int) index - 1);
  }

  /** {@code sum(i, first, last, term)}: the term read again for each i. */
  private Node sum(int place) {
    int open = open(Words.SUM, place, "(i, 1, 9, x[i]^2)");
    int at = scan.place();
    String counter = scan.isAtWord() ? scan.word() : "";
    if (counter.isEmpty() || Words.all().contains(counter) || Words.isNumbered(counter)) {
      throw scan.error(at, "a sum needs a name to count with, such as sum(i, 1, 9, x[i]^2)");
    }
    if (counters.containsKey(counter)) {
      throw scan.error(at, "'%s' counts in a sum around this one; take another name", counter);
    }
    scan.comma(open);
    int first = bound(open);
    int last = bound(open);
    if (last < first) {
      throw scan.error(at, "this sum is empty, it goes from %d to %d", first, last);
    }
    int body = scan.place();
    List<Node> terms = new ArrayList<>();
    for (int i = first; i <= last; i++) {
      scan.moveTo(body);
      counters.put(counter, (double) i);
      terms.add(expression());
    }
    counters.remove(counter);
    scan.close(open, ')');
    return Nodes.sum(terms);
  }

  private int bound(int open) {
    int place = scan.place();
    Node bound = expression();
    scan.comma(open);
    if (bound instanceof Constant(double value)
        && value == Math.rint(value)
        && Math.abs(value) <= MOST_LEAVES) {
      return (int) value;
    }
    throw scan.error(place, "a sum goes from one whole number to another, at most %d", MOST_LEAVES);
  }

  private List<Node> arguments(String name, int place, int count) {
    int open = open(name, place, count == 1 ? "(x)" : "(x, y)");
    List<Node> arguments = new ArrayList<>();
    arguments.add(expression());
    while (arguments.size() < count) {
      scan.comma(open);
      arguments.add(expression());
    }
    scan.close(open, ')');
    return arguments;
  }

  private int open(String name, int place, String example) {
    int open = scan.place();
    if (!scan.accept('(')) {
      throw scan.error(place, "%s is a function; write %s%s", name, name, example);
    }
    return open;
  }
}
