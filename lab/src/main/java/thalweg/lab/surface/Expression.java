package thalweg.lab.surface;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import thalweg.lab.BadInput;

/**
 * Surfaces of the user's own, from a formula such as {@code (1-x)^2 + 100*(y-x^2)^2}. Named ones
 * are written in the same language.
 *
 * <p>Numbers ({@code 2}, {@code 0.5}, {@code 1e-3}), {@code pi}, {@code e}; coordinates {@code x},
 * {@code y}, {@code z} or {@code x1}, {@code x2}, … or {@code x[1]}, {@code x[2]}, …, which are the
 * same; {@code + - * / ^} with their usual precedence ({@code -x^2} is {@code -(x^2)}, {@code
 * 2^3^2} is {@code 2^(3^2)}); parentheses; {@code sin cos tan asin acos atan sinh cosh tanh exp log
 * sqrt abs sigmoid}, {@code min(a, b) max(a, b) pow(a, b)}; {@code sum(i, 1, 9, x[i]^2)}, which
 * writes its last part out for each i. The highest coordinate is the dimension, at least 2.
 *
 * <p>Nothing but arithmetic happens. Where a formula is not defined it is NaN. At a kink, the
 * derivative of {@code abs} is 0, {@code min} and {@code max} take the first one's, and a {@code
 * sqrt} of what is 0 and has no slope has none.
 */
public final class Expression {
  private static final int LONGEST = 2_000;
  private static final double HALF_WIDTH = 2;
  private static final String NAME = "expression";

  /** Such as {@code expression((1-x)^2 + y^2, box=[-2, 2, -1, 3])}. */
  private static final Pattern NAMED = Pattern.compile(NAME + "\\s*\\((.*)", Pattern.DOTALL);

  private static final Pattern WITH_BOX =
      Pattern.compile("(.*),\\s*box\\s*=([^=]*)", Pattern.DOTALL);

  private Expression() {}

  private record Own(String formula, int dimension, Box box) implements Definition {
    String text() {
      return box.equals(standardBox(dimension))
          ? "%s(%s)".formatted(NAME, formula)
          : "%s(%s, box=%s)".formatted(NAME, formula, box.text());
    }

    /** A fifth from the lower and from the upper end in turn: seldom a place of symmetry. */
    @Override
    public List<Double> start() {
      List<Double> start = new ArrayList<>();
      for (int i = 0; i < dimension; i++) {
        double fifth = box.high().get(i) / 5 - box.low().get(i) / 5;
        start.add(i % 2 == 0 ? box.low().get(i) + fifth : box.high().get(i) - fifth);
      }
      return start;
    }
  }

  /**
   * Reads a formula; its box goes from −2 to 2 in every coordinate.
   *
   * @throws BadInput with one line that says at which character, if it does not parse
   */
  public static Surface parse(String formula) {
    ExpressionReader reader = reader(formula);
    Node tree = reader.read();
    return surface(formula, standardBox(reader.dimension()), tree);
  }

  /**
   * Reads a formula that is to be seen in a box.
   *
   * @param box as {@link Box#parse} takes it
   * @throws BadInput with one line, if the formula or the box does not parse
   */
  public static Surface parse(String formula, String box) {
    ExpressionReader reader = reader(formula);
    Node tree = reader.read();
    return surface(formula, Box.parse(box, reader.dimension()), tree);
  }

  /** Whether a text begins as the text form of such a surface does. */
  static boolean isNamed(String text) {
    return NAMED.matcher(text.strip()).matches();
  }

  /** Reads the text form of such a surface. */
  static Surface parseNamed(String text) {
    Matcher named = NAMED.matcher(text.strip());
    if (!named.matches() || !named.group(1).endsWith(")")) {
      throw new BadInput("'expression(' is not closed at the end; write expression(x^2 + y^2)");
    }
    String inside = named.group(1).substring(0, named.group(1).length() - 1);
    Matcher withBox = WITH_BOX.matcher(inside);
    return withBox.matches() ? parse(withBox.group(1), withBox.group(2)) : parse(inside);
  }

  /** Whether a text is a formula. */
  static boolean isFormula(String text) {
    try {
      reader(text).read();
      return true;
    } catch (BadInput _) {
      return false;
    }
  }

  private static ExpressionReader reader(String formula) {
    if (formula.length() > LONGEST) {
      throw new BadInput(
          "an expression has at most %d characters, got %d; shorten it"
              .formatted(LONGEST, formula.length()));
    }
    return new ExpressionReader(formula);
  }

  private static Surface surface(String formula, Box box, Node tree) {
    Own own = new Own(formula.strip(), box.low().size(), box);
    return new FormulaSurface(own.text(), own, tree);
  }

  private static Box standardBox(int dimension) {
    return Box.cube(dimension, -HALF_WIDTH, HALF_WIDTH);
  }
}
