package thalweg.print;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import thalweg.formula.Comparison;
import thalweg.formula.Expr;
import thalweg.formula.Formula;
import thalweg.formula.Scalar;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.formula.Transformation;

/** Reads printed formulas back by the rules of school and finds the value that the tree has. */
class PrintedMeaningTest {
  private static final Map<String, Double> VALUES =
      Map.of("g", 1.7, "θ", -0.6, "α", 0.3, "ρ", 2.3, "t", 3.0);

  /** {@code θ ← θ − direction}, with a direction drawn at random. */
  private record Drawn(long seed) implements Transformation {
    @Override
    public String name() {
      return "drawn";
    }

    @Override
    public Tensor apply(Tensor g, Step s) {
      return s.descendBy(tensor(new Random(seed), 4, g, s), Scalar.ONE);
    }

    private static Tensor tensor(Random random, int depth, Tensor g, Step s) {
      if (depth == 0) {
        return random.nextBoolean() ? g : s.parameter();
      }
      Tensor x = tensor(random, depth - 1, g, s);
      Scalar a = scalar(random, depth - 1, s);
      return switch (random.nextInt(14)) {
        case 0 -> x.plus(tensor(random, depth - 1, g, s));
        case 1 -> x.minus(tensor(random, depth - 1, g, s));
        case 2 -> x.times(tensor(random, depth - 1, g, s));
        case 3 -> x.over(tensor(random, depth - 1, g, s));
        case 4 -> x.times(a);
        case 5 -> x.over(a);
        case 6 -> x.plus(a);
        case 7 -> x.minus(a);
        case 8 -> x.square();
        case 9 -> x.square().sqrt();
        case 10 -> x.negate();
        case 11 -> x.clamp(a.negate(), a);
        case 12 -> x.choose(Comparison.LESS, Tensor.of(a), tensor(random, depth - 1, g, s), x);
        default -> Tensor.of(a).over(x);
      };
    }

    private static Scalar scalar(Random random, int depth, Step s) {
      if (depth <= 0) {
        return switch (random.nextInt(4)) {
          case 0 -> s.hyper("alpha", 0.3);
          case 1 -> s.hyper("rho", 2.3);
          case 2 -> s.t();
          default -> Scalar.of(random.nextInt(5) - 1.5);
        };
      }
      Scalar x = scalar(random, depth - 2, s);
      Scalar y = scalar(random, depth - 2, s);
      return switch (random.nextInt(8)) {
        case 0 -> x.plus(y);
        case 1 -> x.minus(y);
        case 2 -> x.times(y);
        case 3 -> x.over(y);
        case 4 -> Scalar.ONE.minus(s.hyper("alpha", 0.3).pow(s.t()));
        case 5 -> x.negate();
        case 6 -> x.max(y);
        default -> x.choose(Comparison.LESS_OR_EQUAL, y, x, y);
      };
    }
  }

  @Test
  void thePrintedLineHasTheValueOfTheTree() {
    int finite = 0;
    for (int seed = 0; seed < 3_000; seed++) {
      Formula formula = Formula.of(new Drawn(seed));
      String line = FormulaPrinter.of(formula).text().getLast();
      double expected = value(formula.lines().getLast().value());
      double actual = new Reader(line.substring("θ ← ".length())).all();
      if (Double.isFinite(expected)) {
        finite++;
        double scale = Math.max(1, Math.abs(expected));
        assertThat(actual).as(line).isCloseTo(expected, within(1e-6 * scale));
      }
    }
    assertThat(finite).isGreaterThan(2_000);
  }

  private static double value(Expr expr) {
    return switch (expr) {
      case Scalar.Constant(double value) -> value;
      case Scalar.Hyper hyper -> hyper.value();
      case Scalar.Time _ -> 3;
      case Scalar.Unary(var op, var x) -> op.apply(value(x));
      case Scalar.Binary(var op, var x, var y) -> op.apply(value(x), value(y));
      case Scalar.Select s ->
          s.comparison().holds(value(s.x()), value(s.y())) ? value(s.then()) : value(s.otherwise());
      case Tensor.Gradient _ -> 1.7;
      case Tensor.Parameter _ -> -0.6;
      case Tensor.Spread(var of) -> value(of);
      case Tensor.Unary(var op, var x) -> op.apply(value(x));
      case Tensor.Binary(var op, var x, var y) -> op.apply(value(x), value(y));
      case Tensor.Select s ->
          s.comparison().holds(value(s.x()), value(s.y())) ? value(s.then()) : value(s.otherwise());
      case Scalar.Elements _,
          Scalar.Shared _,
          Scalar.Rank _,
          Scalar.Old _,
          Scalar.Reduce _,
          Scalar.Ref _,
          Tensor.Old _,
          Tensor.Along _,
          Tensor.Also _,
          Tensor.Noise _,
          Tensor.Ref _ ->
          throw new IllegalArgumentException("not drawn: " + expr.getClass());
      case Tensor.Spent _ -> throw new IllegalArgumentException("spent");
    };
  }

  /** Juxtaposition binds tighter than · and /, those tighter than + and −; from left to right. */
  private static final class Reader {
    private final String text;
    private int next;

    Reader(String text) {
      this.text = text;
    }

    double all() {
      double value = choice();
      assertThat(next).as("read up to the end of " + text).isEqualTo(text.length());
      return value;
    }

    private double choice() {
      double then = sum();
      if (!accept(" if ")) {
        return then;
      }
      double x = sum();
      boolean less = accept(" < ");
      boolean holds = less ? x < sum() : accept(" ≤ ") && x <= sum();
      assertThat(accept(" else ")).isTrue();
      double otherwise = sum();
      return holds ? then : otherwise;
    }

    private double sum() {
      double value = accept("−") ? -product() : product();
      while (true) {
        if (accept(" + ")) {
          value += product();
        } else if (accept(" − ")) {
          value -= product();
        } else {
          return value;
        }
      }
    }

    private double product() {
      double value = row();
      while (true) {
        if (accept(" · ")) {
          value *= row();
        } else if (accept(" / ")) {
          value /= row();
        } else {
          return value;
        }
      }
    }

    private double row() {
      double value = power();
      while (next + 1 < text.length()
          && text.charAt(next) == ' '
          && !text.startsWith(" if ", next)
          && !text.startsWith(" else ", next)
          && "+−·/<≤".indexOf(text.charAt(next + 1)) < 0) {
        next++;
        value *= power();
      }
      return value;
    }

    private double power() {
      if (accept("√")) {
        return Math.sqrt(atom());
      }
      double value = atom();
      return accept("²") ? value * value : accept("ᵗ") ? Math.pow(value, 3) : value;
    }

    private double atom() {
      if (accept("(")) {
        return closed(choice());
      }
      if (accept("max(")) {
        double x = choice();
        assertThat(accept(", ")).isTrue();
        return closed(Math.max(x, choice()));
      }
      if (accept("clamp(")) {
        double x = choice();
        assertThat(accept(", ")).isTrue();
        double low = choice();
        assertThat(accept(", ")).isTrue();
        return closed(Math.min(Math.max(x, low), choice()));
      }
      for (Map.Entry<String, Double> name : VALUES.entrySet()) {
        if (accept(name.getKey())) {
          return name.getValue();
        }
      }
      int start = next;
      while (next < text.length() && ".0123456789".indexOf(text.charAt(next)) >= 0) {
        next++;
      }
      return Double.parseDouble(text.substring(start, next));
    }

    private double closed(double value) {
      assertThat(accept(")")).as("')' at %d of %s", next, text).isTrue();
      return value;
    }

    private boolean accept(String mark) {
      if (text.startsWith(mark, next)) {
        next += mark.length();
        return true;
      }
      return false;
    }
  }
}
