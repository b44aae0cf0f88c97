package thalweg.print;

import java.util.List;
import java.util.stream.Collectors;
import thalweg.formula.Comparison;
import thalweg.print.Term.Level;
import thalweg.text.NumberText;

/** LaTeX for amsmath, KaTeX and MathJax; every value carries the update it belongs to. */
record LatexNotation() implements Notation {
  @Override
  public Term name(String symbol, int primes, Moment moment) {
    String letter = Symbols.latex(symbol);
    String index =
        switch (moment) {
          case ALWAYS -> "";
          case NOW -> "_t";
          case BEFORE, BEFORE_MARKED -> "_{t-1}";
        };
    boolean raised = primes > 0 || letter.contains("^");
    if (primes > 0) {
      letter = (letter.contains("^") ? "{" + letter + "}" : letter) + "'".repeat(primes);
    }
    return new Term(letter + index, raised ? Level.POWER : Level.ATOM);
  }

  @Override
  public Term number(double value) {
    String text = NumberText.of(value).replace("inf", "\\infty");
    int exponent = text.indexOf('e');
    if (exponent > 0) {
      String power = "10^{" + text.substring(exponent + 1) + "}";
      String digits = text.substring(0, exponent);
      text = digits.equals("1") ? power : digits + " \\cdot " + power;
    }
    return new Term(
        text, text.startsWith("-") ? Level.SUM : exponent > 0 ? Level.PRODUCT : Level.ATOM);
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
    boolean signed = y.text().startsWith("-");
    boolean open = y.level() == Level.CHOICE;
    String right = open ? y.text() : signed ? in(y, Level.ATOM) : in(y, Level.SUM);
    return new Term(in(x, Level.SUM) + " + " + right, open ? Level.CHOICE : Level.SUM);
  }

  @Override
  public Term difference(Term x, Term y) {
    return new Term(in(x, Level.SUM) + " - " + in(y, Level.QUOTIENT), Level.SUM);
  }

  /** Cases stand last and without parentheses; what ends in them takes nothing more behind it. */
  @Override
  public Term product(Term x, Term y) {
    boolean open = y.text().startsWith("\\begin{cases}");
    String right = open ? y.text() : in(y, Level.QUOTIENT);
    boolean apart = open || Character.isDigit(right.charAt(0));
    return new Term(
        in(x, Level.QUOTIENT) + (apart ? " \\cdot " : " ") + right,
        open ? Level.CHOICE : Level.PRODUCT);
  }

  @Override
  public Term quotient(Term x, Term y) {
    return new Term("\\frac{" + x.text() + "}{" + y.text() + "}", Level.PRODUCT);
  }

  @Override
  public Term power(Term x, Term exponent) {
    String high = exponent.text().length() == 1 ? exponent.text() : "{" + exponent.text() + "}";
    return new Term(in(x, Level.ATOM) + "^" + high, Level.POWER);
  }

  @Override
  public Term negated(Term x) {
    return new Term("-" + in(x, Level.QUOTIENT), Level.SUM);
  }

  @Override
  public Term root(Term x) {
    return Term.atom("\\sqrt{" + x.text() + "}");
  }

  @Override
  public Term absolute(Term x) {
    return Term.atom("\\left|" + x.text() + "\\right|");
  }

  @Override
  public Term call(String function, List<Term> arguments) {
    String name =
        switch (function) {
          case "min", "max" -> "\\" + function;
          default -> "\\operatorname{" + function + "}";
        };
    return Term.atom(
        name + parenthesized(arguments.stream().map(Term::text).collect(Collectors.joining(", "))));
  }

  @Override
  public Term aggregate(Aggregate kind, String over, Term x) {
    return Term.atom(
        switch (kind) {
          case NORM -> "\\lVert " + x.text() + " \\rVert" + mark(over);
          case SUM -> "\\textstyle\\sum" + mark(over) + parenthesized(x.text());
          case MEAN -> "\\operatorname{mean}" + mark(over) + parenthesized(x.text());
          case LARGEST -> "\\max" + mark(over) + parenthesized(x.text());
        });
  }

  @Override
  public Term comparison(Comparison comparison, Term x, Term y) {
    String sign =
        switch (comparison) {
          case LESS -> "<";
          case LESS_OR_EQUAL -> "\\le";
          case EQUAL -> "=";
        };
    return new Term("%s %s %s".formatted(x.text(), sign, y.text()), Level.CHOICE);
  }

  @Override
  public Term choice(Term condition, Term then, Term otherwise) {
    return new Term(
        "\\begin{cases} %s & \\text{if } %s \\\\ %s & \\text{otherwise} \\end{cases}"
            .formatted(then.text(), condition.text(), otherwise.text()),
        Level.CHOICE);
  }

  @Override
  public String line(Term name, Term value, boolean again) {
    return name.text() + (again ? " &\\leftarrow " : " &= ") + value.text();
  }

  @Override
  public String solves(Term name, Term equation) {
    return name.text() + " &\\text{ solves } " + equation.text();
  }

  @Override
  public Term gradient(Term point, boolean full) {
    return Term.atom(
        (full ? "\\operatorname{mean} " : "") + "\\nabla f" + parenthesized(point.text()));
  }

  @Override
  public Term rank() {
    return Term.atom("\\operatorname{rank}");
  }

  @Override
  public String when(String line, Term condition) {
    return line + " \\quad\\text{when } " + condition.text();
  }

  private static String mark(String over) {
    return over.equals("model") ? "" : "_{\\text{" + over + "}}";
  }

  private static String in(Term term, Level least) {
    return term.isBelow(least) ? parenthesized(term.text()) : term.text();
  }

  private static String parenthesized(String text) {
    boolean tall = text.contains("\\frac") || text.contains("\\sqrt") || text.contains("\\begin");
    return tall ? "\\left(" + text + "\\right)" : "(" + text + ")";
  }
}
