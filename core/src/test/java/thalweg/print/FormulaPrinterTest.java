package thalweg.print;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import thalweg.formula.Comparison;
import thalweg.formula.Formula;
import thalweg.formula.FormulaException;
import thalweg.formula.Scalar;
import thalweg.formula.ScalarState;
import thalweg.formula.Scope;
import thalweg.formula.State;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.formula.Transformation;

/** How single pieces of mathematics are printed, and that no name means two things. */
class FormulaPrinterTest {
  /** A rule of the test's own. */
  private interface Body {
    Tensor apply(Tensor g, Step s);
  }

  private record Written(Body body) implements Transformation {
    @Override
    public String name() {
      return "written";
    }

    @Override
    public Tensor apply(Tensor g, Step s) {
      return s.descendBy(body.apply(g, s), Scalar.ONE);
    }
  }

  private static FormulaPrinter printer(Body body) {
    return FormulaPrinter.of(Formula.of(new Written(body)));
  }

  /** What is subtracted from θ when the body returns it. */
  private static String text(Body body) {
    return printer(body).text().getLast().replaceFirst("^θ ← θ − ", "");
  }

  private static String latex(Body body) {
    return printer(body)
        .latex()
        .lines()
        .filter(line -> line.startsWith("\\theta_t"))
        .findFirst()
        .orElseThrow()
        .replaceFirst("^.*?\\\\theta_\\{t-1} - ", "");
  }

  private static Scalar a(Step s) {
    return s.hyper("alpha", 1);
  }

  private static Scalar r(Step s) {
    return s.hyper("rho", 1);
  }

  @Test
  void aProductWithItselfIsASquare() {
    assertThat(text((g, _) -> g.times(g))).isEqualTo("g²");
    assertThat(text((g, s) -> g.plus(a(s)).square())).isEqualTo("(g + α)²");
    assertThat(latex((g, s) -> g.plus(a(s)).square())).isEqualTo("(g_t + \\alpha)^2");
    assertThat(text((g, _) -> g.square().square())).isEqualTo("(g²)²");
  }

  @Test
  void aProductWithAReciprocalIsAFraction() {
    assertThat(text((g, s) -> g.over(a(s)))).isEqualTo("g / α");
    assertThat(text((g, s) -> g.over(a(s).plus(r(s))))).isEqualTo("g / (α + ρ)");
    assertThat(latex((g, s) -> g.over(a(s).plus(r(s))))).isEqualTo("\\frac{g_t}{\\alpha + \\rho}");
  }

  @Test
  void parenthesesStandWhereTheMeaningNeedsThem() {
    assertThat(text((g, s) -> g.over(g.times(a(s))))).isEqualTo("g / (α g)");
    assertThat(text((g, s) -> g.over(g).over(Tensor.of(a(s))))).isEqualTo("(g / g) / α");
    assertThat(text((g, s) -> g.minus(g.minus(a(s))))).isEqualTo("(g − (g − α))");
    assertThat(text((g, s) -> g.plus(g.minus(a(s))))).isEqualTo("(g + g − α)");
    assertThat(text((g, _) -> g.negate().times(g.negate()))).isEqualTo("(−g) · (−g)");
    assertThat(text((g, s) -> g.plus(a(s).negate()))).isEqualTo("(g − α)");
    assertThat(text((g, _) -> g.plus(Scalar.of(-1)))).isEqualTo("(g + (−1))");
    assertThat(text((g, _) -> g.plus(g.negate()))).isEqualTo("(g − g)");
    assertThat(text((g, _) -> g.times(Scalar.of(-0.5)))).isEqualTo("(−0.5) g");
    assertThat(text((g, _) -> g.sqrt().sqrt())).isEqualTo("√(√g)");
    assertThat(text((g, s) -> g.times(a(s).pow(s.t().plus(Scalar.ONE))))).isEqualTo("α^(t + 1) g");
    assertThat(text((g, s) -> g.times(a(s).over(r(s))))).isEqualTo("α / ρ · g");
    assertThat(text((g, s) -> g.times(a(s)).times(Tensor.of(Scalar.of(3))))).isEqualTo("α g · 3");
  }

  @Test
  void functionsHaveTheirUsualSigns() {
    assertThat(text((g, _) -> g.abs())).isEqualTo("|g|");
    assertThat(text((g, _) -> g.sign())).isEqualTo("sign(g)");
    assertThat(text((g, s) -> g.max(a(s)))).isEqualTo("max(g, α)");
    assertThat(text((g, s) -> g.clamp(a(s).negate(), a(s)))).isEqualTo("clamp(g, −α, α)");
    assertThat(latex((g, s) -> g.clamp(a(s).negate(), a(s))))
        .isEqualTo("\\operatorname{clamp}(g_t, -\\alpha, \\alpha)");
    assertThat(latex((g, _) -> g.abs())).isEqualTo("\\left|g_t\\right|");
    assertThat(latex((g, _) -> g.times(Scalar.of(1e-30)))).isEqualTo("10^{-30} g_t");
  }

  @Test
  void aReductionSaysWhatItRunsOver() {
    assertThat(text((g, _) -> g.times(g.norm(Scope.MODEL)))).isEqualTo("‖g‖ g");
    assertThat(text((g, _) -> g.times(g.norm(Scope.TENSOR)))).isEqualTo("‖g‖ₜₑₙₛₒᵣ g");
    assertThat(text((g, _) -> g.times(g.mean(Scope.TENSOR)))).isEqualTo("meanₜₑₙₛₒᵣ(g) g");
    assertThat(text((g, _) -> g.times(g.largest(Scope.MODEL)))).isEqualTo("max(g) g");
    assertThat(text((g, _) -> g.times(g.square().sum(Scope.MODEL)))).isEqualTo("Σ(g²) g");
    assertThat(latex((g, _) -> g.times(g.norm(Scope.TENSOR))))
        .isEqualTo("\\lVert g_t \\rVert_{\\text{tensor}} g_t");
    assertThat(printer((g, _) -> g.times(g.norm(Scope.TENSOR))).legend())
        .anyMatch(line -> line.startsWith("‖ ‖ₜₑₙₛₒᵣ is the Euclidean norm of one tensor"))
        .noneMatch(line -> line.contains("all tensors"));
  }

  @Test
  void aChoiceReadsAsASentence() {
    Body body = (g, s) -> g.choose(Comparison.LESS, Tensor.of(a(s)), g, g.negate());
    assertThat(text(body)).isEqualTo("(g if g < α else −g)");
    assertThat(latex(body))
        .isEqualTo(
            "\\left(\\begin{cases} g_t & \\text{if } g_t < \\alpha \\\\ -g_t & \\text{otherwise}"
                + " \\end{cases}\\right)");
  }

  @Test
  void nothingStandsBehindCasesInLatex() {
    Body scaled = (g, s) -> g.times(choice(s));
    Body added = (g, s) -> g.plus(g.times(choice(s)));
    Body before = (g, s) -> g.times(choice(s)).plus(g);
    Body twice = (g, s) -> g.times(choice(s)).times(choice(s));
    String cases =
        "\\begin{cases} 1 & \\text{if } t = 1 \\\\ \\alpha & \\text{otherwise} \\end{cases}";
    assertThat(latex(scaled)).isEqualTo("\\left(g_t \\cdot " + cases + "\\right)");
    assertThat(latex(added)).isEqualTo("\\left(g_t + g_t \\cdot " + cases + "\\right)");
    assertThat(latex(before))
        .isEqualTo("\\left(\\left(g_t \\cdot " + cases + "\\right) + g_t\\right)");
    assertThat(latex(twice))
        .isEqualTo("\\left(\\left(g_t \\cdot " + cases + "\\right) \\cdot " + cases + "\\right)");
  }

  private static Scalar choice(Step s) {
    return s.t().choose(Comparison.EQUAL, Scalar.ONE, Scalar.ONE, a(s));
  }

  @Test
  void anOldStateReadBelowItsOwnLineIsMarked() {
    Body lateReader =
        (g, s) -> {
          State m = s.state("exp_avg", "m", 0);
          m.becomes(m.old().plus(g));
          return m.old();
        };
    assertThat(printer(lateReader).text()).containsExactly("m ← m + g", "θ ← θ − mₜ₋₁");
    assertThat(printer(lateReader).legend()).anyMatch(line -> line.contains("ₜ₋₁ marks an old"));
    assertThat(printer(lateReader).latex())
        .isEqualTo(
            """
            \\begin{aligned}
            m_t &= m_{t-1} + g_t \\\\
            \\theta_t &= \\theta_{t-1} - m_{t-1}
            \\end{aligned}\
            """);
  }

  @Test
  void aStateReadAboveItsOwnLineIsTheOldOneWithoutAMark() {
    assertThat(
            printer(
                    (g, s) -> {
                      State m = s.state("exp_avg", "m", 0);
                      Tensor d = s.let("d", m.old().plus(g));
                      m.becomes(m.old().times(a(s)));
                      return d;
                    })
                .text())
        .containsExactly("d ← m + g", "m ← α m", "θ ← θ − d");
  }

  @Test
  void theParameterReadAfterItMovedIsMarked() {
    assertThat(
            printer(
                    (g, s) -> {
                      Tensor before = s.parameter();
                      s.move(before.minus(g));
                      return before;
                    })
                .text())
        .containsExactly("θ ← θ − g", "θ ← θ − θₜ₋₁");
  }

  @Test
  void aLineTakesASymbolOverOnlyIfNobodyReadsTheOldMeaning() {
    assertThat(printer((g, s) -> s.let("g", g.negate())).text())
        .containsExactly("g ← −g", "θ ← θ − g");
    Body both =
        (g, s) -> {
          Tensor flipped = s.let("g", g.negate());
          return g.plus(flipped);
        };
    assertThat(printer(both).text()).containsExactly("g′ ← −g", "θ ← θ − (g + g′)");
    assertThat(printer(both).latex()).contains("g'_t &= -g_t");
  }

  @Test
  void statesOfOneLetterArePrimed() {
    Body body =
        (g, s) -> {
          Tensor first = s.ema("first", "m", g, a(s));
          return s.ema("second", "m", first, r(s)).square();
        };
    assertThat(printer(body).text())
        .isEqualTo(List.of("m ← α m + (1 − α) g", "m′ ← ρ m′ + (1 − ρ) m", "θ ← θ − m′²"));
    assertThat(printer(body).latex()).contains("\\theta_{t-1} - (m'_t)^2");
  }

  @Test
  void aRoundingToFloat32IsPutBackIntoWords() {
    assertThat(text((g, s) -> g.times(a(s).float32()))).isEqualTo("float32(α) g");
    assertThat(latex((g, s) -> g.times(a(s).float32())))
        .isEqualTo("\\operatorname{float32}(\\alpha) g_t");
    Body other =
        (g, s) -> {
          Scalar c = a(s).times(Scalar.SPLITTER);
          return g.times(c.minus(c.minus(r(s))));
        };
    assertThat(text(other)).isEqualTo("(α · 5.36870913e8 − (α · 5.36870913e8 − ρ)) g");
  }

  /** x + α = ρ, found with a line whose letter is that of another line. */
  private static Scalar solved(Step s) {
    return s.solving("x", x -> x.plus(a(s)), r(s), () -> s.let("y", r(s).minus(a(s))));
  }

  @Test
  void whatSolvesAnEquationIsToldByIt() {
    Body body =
        (g, s) -> {
          Scalar x = solved(s);
          return s.let("y", g.times(x));
        };
    assertThat(printer(body).text()).containsExactly("x solves x + α = ρ", "y ← x g", "θ ← θ − y");
    assertThat(printer(body).latex()).contains("x_t &\\text{ solves } x_t + \\alpha = \\rho");
    assertThat(printer(body).legend()).anyMatch(line -> line.startsWith("What solves an equation"));
    assertThat(printer((g, _) -> g).legend()).noneMatch(line -> line.contains("solves"));
  }

  @Test
  void whatReadsALineThatIsNotPrintedIsRefused() {
    Body leaking =
        (g, s) -> {
          Scalar[] inner = new Scalar[1];
          Scalar x = s.solving("x", found -> found, a(s), () -> inner[0] = s.let("hidden", a(s)));
          return g.times(x).times(inner[0]);
        };
    assertThatThrownBy(() -> printer(leaking))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("'θ' reads 'hidden', which is not printed");
  }

  @Test
  void aSearchRemembersNothing() {
    Body remembering =
        (g, s) -> {
          ScalarState k = s.number("count", "k", 0);
          return g.times(s.solving("x", x -> x, a(s), () -> k.becomes(k.old().plus(Scalar.ONE))));
        };
    assertThatThrownBy(() -> printer(remembering))
        .isInstanceOf(FormulaException.class)
        .hasMessageStartingWith("written writes k while it solves for x");
  }

  @Test
  void anUnknownHyperparameterStandsByItsName() {
    Body body = (g, s) -> g.times(s.hyper("unheard_of", 1));
    assertThat(text(body)).isEqualTo("unheard_of g");
    assertThat(latex(body)).isEqualTo("\\mathrm{unheard\\_of} g_t");
  }
}
