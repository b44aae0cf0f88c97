package thalweg.lab.surface;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import thalweg.lab.BadInput;
import thalweg.text.NumberText;

/**
 * A surface of the user's own, from a formula such as {@code (1-x)^2 + 100*(y-x^2)^2}.
 *
 * <p>Numbers ({@code 2}, {@code 0.5}, {@code 1e-3}), {@code pi}, {@code e}; coordinates {@code x},
 * {@code y}, {@code z} or {@code x1}, {@code x2}, … or {@code x[1]}, {@code x[2]}, …, which are the
 * same; {@code + - * / ^} with their usual precedence ({@code -x^2} is {@code -(x^2)}, {@code
 * 2^3^2} is {@code 2^(3^2)}); parentheses; {@code sin cos tan asin acos atan sinh cosh tanh exp log
 * sqrt abs sigmoid}, {@code min(a, b) max(a, b) pow(a, b)}, and {@code sum(i, 1, 9, x[i]^2)}. The
 * highest coordinate is the dimension, at least 2.
 *
 * <p>Nothing but arithmetic happens. Where a formula is not defined it is NaN. At a kink the
 * derivative of {@code abs} is 0, {@code min} and {@code max} take the first one's, and {@code
 * sqrt} of something that is 0 and stands still stands still.
 *
 * @param formula the function
 * @param dimension how many numbers it takes
 * @param box the part that pictures show
 */
public record Expression(String formula, int dimension, Box box) implements Definition {
  private static final int LONGEST = 2_000;
  private static final double HALF_WIDTH = 2;

  /** Such as {@code expression((1-x)^2 + y^2, box=[-2, 2, -1, 3])}; see {@link Surfaces#parse}. */
  static final String NAME = "expression";

  /**
   * Reads a formula; its box goes from −2 to 2 in every coordinate.
   *
   * @throws BadInput with one line that says at which character, if it does not parse
   */
  public static Surface parse(String formula) {
    return surface(formula, null);
  }

  /**
   * Reads a formula, with its box.
   *
   * @param box lower and upper end of each coordinate, or one pair for all: {@code -2,2,-1,3}
   * @throws BadInput with one line, if the formula or the box does not parse
   */
  public static Surface parse(String formula, String box) {
    return surface(formula, box);
  }

  private static Surface surface(String formula, @Nullable String ends) {
    if (formula.length() > LONGEST) {
      throw new BadInput(
          "an expression has at most %d characters, got %d".formatted(LONGEST, formula.length()));
    }
    ExpressionReader reader = new ExpressionReader(formula);
    Node tree = reader.read();
    int dimension = reader.dimension();
    Box box =
        ends == null ? Box.cube(dimension, -HALF_WIDTH, HALF_WIDTH) : Boxes.parse(ends, dimension);
    Expression expression = new Expression(formula.strip(), dimension, box);
    return new FormulaSurface(expression.text(), expression, tree);
  }

  private String text() {
    List<String> ends = new ArrayList<>();
    for (int i = 0; i < dimension; i++) {
      ends.add(NumberText.of(box.low().get(i).doubleValue()));
      ends.add(NumberText.of(box.high().get(i).doubleValue()));
    }
    return box.equals(Box.cube(dimension, -HALF_WIDTH, HALF_WIDTH))
        ? "%s(%s)".formatted(NAME, formula)
        : "%s(%s, box=[%s])".formatted(NAME, formula, String.join(", ", ends));
  }

  /** One and four fifths of the way through the box, in turn: seldom a place of symmetry. */
  @Override
  public List<Double> start() {
    List<Double> start = new ArrayList<>();
    for (int i = 0; i < dimension; i++) {
      double low = box.low().get(i);
      double high = box.high().get(i);
      start.add(i % 2 == 0 ? low + (high - low) / 5 : high - (high - low) / 5);
    }
    return start;
  }
}
