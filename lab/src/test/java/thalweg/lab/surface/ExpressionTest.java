package thalweg.lab.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import thalweg.lab.BadInput;

class ExpressionTest {
  /** At x = −3, y = 2, z = 0.5. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1e-3                         | 0.001",
        ".5 + 1.                      | 1.5",
        "2E2 + 1e+1                   | 210",
        "1 - 2 - 3                    | -4",
        "12 / 2 / 3                   | 2",
        "1 + 2*3 ^ 2                  | 19",
        "2^3^2                        | 512",
        "-x^2                         | -9",
        "(-x)^2                       | 9",
        "x^2                          | 9",
        "x^3                          | -27",
        "x^-1                         | -0.3333333333333333",
        "2^-y                         | 0.25",
        "2^-1^2                       | 0.5",
        "--x                          | -3",
        "+x - -y                      | -1",
        "2*-y                         | -4",
        "y^x                          | 0.125",
        "y^y                          | 4",
        "x^y                          | 9",
        "x^0                          | 1",
        "0^x                          | Infinity",
        "0^0                          | 1",
        "x1 + 10*x2 + 100*x3          | 67",
        "x[1] + 10*x[2] + 100*x[1+2]  | 67",
        "sum(i, 1, 3, i*x[i])         | 2.5",
        "sum(i, 1, 2, sum(j, i, 2, x[j] * 10^(i - 1))) | 19",
        "sum(i, 0-1, 1, i)            | 0",
        "pow(x, 2) + min(x, y) + max(x, y) | 8",
        "abs(x) + sqrt(9)             | 6",
        "exp(0) + log(e) + cos(0)     | 3",
        "sin(pi/2)                    | 1",
        "sigmoid(0) + tanh(0)         | 0.5",
        "sigmoid(1000) + sigmoid(-1000) | 1",
      })
  void valuesAreThoseOfMathematics(String formula, double value) {
    assertThat(Expression.parse(formula + " + 0*z").value(new double[] {-3, 2, 0.5}))
        .isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "2x                | 2 | an operator is missing before 'x'; write 2*x instead of 2x",
        "(x+1)(y)          | 6 | an operator is missing before '('",
        "x y               | 3 | an operator is missing before 'y'",
        "2 3               | 3 | an operator is missing before '3'",
        "1.2.3             | 4 | an operator is missing before '.'",
        "2e                | 2 | an operator is missing before 'e'",
        "x +               | 4 | expected a number, a coordinate or '(', got the end",
        "* x               | 1 | expected a number, a coordinate or '(', got '*'",
        "x ** 2            | 3 | '**' is not an operator; write ^ for a power",
        "x²                | 2 | got '²'; write ^2",
        "2·x               | 2 | got '·'; write *",
        "x = 2             | 3 | expected an operator or the end, got '='",
        "x, y              | 2 | expected an operator or the end, got ','",
        "(x + 1            | 7 | '(' at character 1 is not closed",
        "sin(x             | 6 | '(' at character 4 is not closed",
        "x[1               | 4 | '[' at character 2 is not closed",
        "x + 1)            | 6 | ')' closes nothing; remove it",
        "(x]               | 3 | expected an operator or ')', got ']'",
        "sinx              | 1 | 'sinx' is not known; did you mean 'sin'",
        "1 + cosine(x)     | 5 | 'cosine' is not known; did you mean 'cos'?",
        "foo               | 1 | 'foo' is not known; there is 'x', 'y', 'z', 'e', 'pi', 'sum',"
            + " 'sin'",
        "sin x             | 1 | sin is a function; write sin(x)",
        "min(x)            | 6 | expected ',', got ')'",
        "sin(x, y)         | 6 | expected an operator or ')', got ','",
        "sum(x, 1, 2, y)   | 5 | a sum needs a name to count with",
        "sum(1, 1, 2, y)   | 5 | a sum needs a name to count with",
        "sum(i, 2, 1, y)   | 5 | this sum is empty, it goes from 2 to 1",
        "sum(i, x, 2, y)   | 8 | a sum goes from one whole number to another",
        "sum(i, 1, 1e9, y) | 11 | a sum goes from one whole number to another, at most 50000",
        "sum(i, 1, 2, sum(i, 1, 2, x)) | 18 | 'i' counts in a sum around this one",
        "sum(i, 1, 2, x) + i | 19 | 'i' is not known",
        "sum(i, 1, 999, sum(j, 1, 999, x)) | 31 | more than 50000 numbers and coordinates",
        "x[y]              | 2 | what stands in x[…] must be a number",
        "x[1.5]            | 1 | coordinates go from x1 to x1000, got x[…] with 1.5",
        "y + x0            | 5 | coordinates go from x1 to x1000, got x0 with 0",
        "x99999999999      | 1 | coordinates go from x1 to x1000",
      })
  void whatIsWrongIsSaidWithItsPlace(String formula, int character, String message) {
    assertThatThrownBy(() -> Expression.parse(formula))
        .isInstanceOf(BadInput.class)
        .hasMessageStartingWith("expression '" + formula + "', character " + character + ": ")
        .hasMessageContaining(message)
        .hasMessageMatching("[^\\n]*");
  }

  @Test
  void whatIsTooLongOrTooDeepOrEmptyIsRefused() {
    assertThatThrownBy(() -> Expression.parse(" "))
        .isInstanceOf(BadInput.class)
        .hasMessageStartingWith("there is no expression to read; write one such as (1-x)^2");
    assertThatThrownBy(() -> Expression.parse("x" + "+x".repeat(1000)))
        .isInstanceOf(BadInput.class)
        .hasMessage("an expression has at most 2000 characters, got 2001; shorten it");
    for (String deeper : List.of("(", "-", "sin(", "2^", "x[")) {
      assertThatThrownBy(() -> Expression.parse(deeper.repeat(150)))
          .isInstanceOf(BadInput.class)
          .hasMessageContaining("nested more than 100 deep; make it simpler");
    }
    assertThat(Expression.parse("x" + "*x".repeat(999)).value(new double[] {1, 0})).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"log(x)", "sqrt(x)", "x^0.5", "x^y", "asin(5*x)", "0/(x-x)", "max(x, log(x))"})
  void whereItIsNotDefinedItIsNotANumber(String formula) {
    Surface surface = Expression.parse(formula);
    double[] gradient = new double[2];
    assertThat(surface.gradient(new double[] {-0.7, 0.5}, gradient)).isNaN();
    assertThat(surface.value(new double[] {-0.7, 0.5})).isNaN();
  }

  /** A kink's derivative is the middle one, and a product's factor of 0 keeps it. */
  @Test
  void kinksHaveTheDerivativeThatIsDocumented() {
    double[] gradient = new double[2];
    Expression.parse("abs(x) + 3*y").gradient(new double[] {0, 1}, gradient);
    assertThat(gradient).containsExactly(0, 3);
    Expression.parse("max(x, y)").gradient(new double[] {1, 1}, gradient);
    assertThat(gradient).containsExactly(1, 0);
    Expression.parse("min(y, x)").gradient(new double[] {1, 1}, gradient);
    assertThat(gradient).containsExactly(0, 1);
    Expression.parse("sqrt(x^2 + y^2)").gradient(new double[] {0, 0}, gradient);
    assertThat(gradient).containsExactly(0, 0);
    Expression.parse("x^y").gradient(new double[] {0, 2}, gradient);
    assertThat(gradient).containsExactly(0, 0);
  }

  @Test
  void itTakesTwoCoordinatesAtLeastAndHasABoxAndAStart() {
    Surface surface = Expression.parse("x^2");
    assertThat(surface.dimension()).isEqualTo(2);
    assertThat(surface.formula()).isEqualTo("x^2");
    assertThat(surface.box()).isEqualTo(Box.cube(2, -2, 2));
    assertThat(surface.start()).containsExactly(-1.2, 1.2);
    assertThat(Expression.parse("x + z", "0,10,-1,1,5,6").start()).containsExactly(2.0, 0.6, 5.2);
  }

  /** Texts of the language's own parts in any order: read or refused, never anything else. */
  @Test
  void anyTextIsReadOrRefusedAndAnythingReadHasAValue() {
    String[] parts = {
      "x",
      "y",
      "x3",
      "1",
      "0",
      "2.5",
      "1e300",
      "+",
      "-",
      "*",
      "/",
      "^",
      "(",
      ")",
      ",",
      "sin(",
      "log(",
      "sqrt(",
      "pow(",
      "max(",
      "sum(i,1,3,",
      "i",
      "x[",
      "]",
      "exp(",
      "e",
      "pi",
      " ",
      "é"
    };
    SplittableRandom random = new SplittableRandom(9);
    int read = 0;
    for (int i = 0; i < 200_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(1, 12); j > 0; j--) {
        text.append(parts[random.nextInt(parts.length)]);
      }
      Surface surface;
      try {
        surface = Expression.parse(text.toString());
      } catch (BadInput _) {
        continue;
      }
      read++;
      for (double at : new double[] {0, -1, 1e200, Double.NaN, Double.NEGATIVE_INFINITY}) {
        double[] x = new double[surface.dimension()];
        Arrays.fill(x, at);
        double[] gradient = new double[x.length];
        double value = surface.gradient(x, gradient);
        assertThat(Double.compare(surface.value(x), value)).as(text.toString()).isZero();
      }
    }
    assertThat(read).isGreaterThan(5_000);
  }
}
