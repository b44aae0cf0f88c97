package thalweg.print;

import java.util.List;
import java.util.stream.Collectors;
import thalweg.formula.Comparison;
import thalweg.print.Term.Level;
import thalweg.text.NumberText;

/** Plain text with Unicode signs, for terminals: {@code θ ← θ − η m̂ / (√v̂ + ε)}. */
record TextNotation() implements Notation {
  private static final String TENSOR = "ₜₑₙₛₒᵣ";

  @Override
  public Term name(String symbol, int primes, Moment moment) {
    String text = Symbols.text(symbol) + "′".repeat(primes);
    return Term.atom(
        switch (moment) {
          case ALWAYS, NOW, BEFORE -> text;
          case BEFORE_MARKED -> text + (symbol.indexOf('_') > 0 ? ",ₜ₋₁" : "ₜ₋₁");
        });
  }

  @Override
  public Term number(double value) {
    String text = NumberText.of(value).replace("inf", "∞").replace('-', '−');
    return new Term(text, text.startsWith("−") ? Level.SUM : Level.ATOM);
  }

  @Override
  public Term time() {
    return Term.atom("t");
  }

  @Override
  public Term elements(String over) {
    return Term.atom("N" + mark(over));
  }

  @Override
  public Term sum(Term x, Term y) {
    boolean signed = y.text().startsWith("−");
    String right = signed ? in(y, Level.ATOM) : in(y, Level.SUM);
    return new Term(in(x, Level.SUM) + " + " + right, Level.SUM);
  }

  @Override
  public Term difference(Term x, Term y) {
    return new Term(in(x, Level.SUM) + " − " + in(y, Level.QUOTIENT), Level.SUM);
  }

  @Override
  public Term product(Term x, Term y) {
    String left = in(x, Level.QUOTIENT);
    String right = in(y, Level.QUOTIENT);
    boolean apart =
        x.level() == Level.QUOTIENT || right.startsWith("(") || Character.isDigit(right.charAt(0));
    boolean quotient = x.level() == Level.QUOTIENT || y.level() == Level.QUOTIENT;
    return new Term(
        left + (apart ? " · " : " ") + right, quotient ? Level.QUOTIENT : Level.PRODUCT);
  }

  @Override
  public Term quotient(Term x, Term y) {
    return new Term(in(x, Level.PRODUCT) + " / " + in(y, Level.POWER), Level.QUOTIENT);
  }

  @Override
  public Term power(Term x, Term exponent) {
    String high = Symbols.high(exponent.text());
    return new Term(
        in(x, Level.ATOM) + (high.isEmpty() ? "^" + in(exponent, Level.ATOM) : high), Level.POWER);
  }

  @Override
  public Term negated(Term x) {
    return new Term("−" + in(x, Level.QUOTIENT), Level.SUM);
  }

  @Override
  public Term root(Term x) {
    return new Term("√" + in(x, Level.ATOM), Level.POWER);
  }

  @Override
  public Term absolute(Term x) {
    return Term.atom("|" + x.text() + "|");
  }

  @Override
  public Term call(String function, List<Term> arguments) {
    return Term.atom(
        arguments.stream().map(Term::text).collect(Collectors.joining(", ", function + "(", ")")));
  }

  @Override
  public Term aggregate(Aggregate kind, String over, Term x) {
    return Term.atom(
        switch (kind) {
          case NORM -> "‖" + x.text() + "‖" + mark(over);
          case SUM -> "Σ" + mark(over) + "(" + x.text() + ")";
          case MEAN -> "mean" + mark(over) + "(" + x.text() + ")";
          case LARGEST -> "max" + mark(over) + "(" + x.text() + ")";
        });
  }

  @Override
  public Term comparison(Comparison comparison, Term x, Term y) {
    String sign =
        switch (comparison) {
          case LESS -> "<";
          case LESS_OR_EQUAL -> "≤";
          case EQUAL -> "=";
        };
    return new Term("%s %s %s".formatted(in(x, Level.SUM), sign, in(y, Level.SUM)), Level.CHOICE);
  }

  @Override
  public Term choice(Term condition, Term then, Term otherwise) {
    return new Term(
        "%s if %s else %s"
            .formatted(in(then, Level.SUM), condition.text(), in(otherwise, Level.SUM)),
        Level.CHOICE);
  }

  @Override
  public String line(Term name, Term value, boolean again) {
    return name.text() + " ← " + value.text();
  }

  @Override
  public String solves(Term name, Term equation) {
    return name.text() + " solves " + equation.text();
  }

  @Override
  public Term gradient(Term point, boolean full) {
    return Term.atom((full ? "mean ∇f(" : "∇f(") + point.text() + ")");
  }

  @Override
  public Term rank() {
    return Term.atom("rank");
  }

  @Override
  public String when(String line, Term condition) {
    return line + "   when " + condition.text();
  }

  private static String mark(String over) {
    return switch (over) {
      case "model" -> "";
      case "tensor" -> TENSOR;
      default -> "[" + over + "]";
    };
  }

  /** The term where {@code least} is needed: in parentheses if it is looser. */
  private static String in(Term term, Level least) {
    return term.isBelow(least) ? "(" + term.text() + ")" : term.text();
  }
}
