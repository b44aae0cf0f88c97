package thalweg.print;

import java.text.Normalizer;
import java.util.Map;

/**
 * How names look in the two notations: the one table of the symbols of hyperparameters, and the
 * rules that turn {@code v_max} or {@code m̂} into subscripts, superscripts and LaTeX.
 */
final class Symbols {
  /** Hyperparameters by name; one that is missing here is printed by its own name. */
  private static final Map<String, String> HYPERPARAMETERS =
      Map.ofEntries(
          Map.entry("lr", "η"),
          Map.entry("beta1", "β₁"),
          Map.entry("beta2", "β₂"),
          Map.entry("beta3", "β₃"),
          Map.entry("eps", "ε"),
          Map.entry("weight_decay", "λ"),
          Map.entry("momentum", "μ"),
          Map.entry("dampening", "τ"),
          Map.entry("alpha", "α"),
          Map.entry("rho", "ρ"),
          Map.entry("decay", "β"),
          Map.entry("gamma", "γ"),
          Map.entry("lr_decay", "κ"),
          Map.entry("eps_root", "ε_root"),
          Map.entry("eta1", "η_-"),
          Map.entry("eta2", "η_+"),
          Map.entry("step_size1", "Δ_min"),
          Map.entry("step_size2", "Δ_max"),
          Map.entry("momentum_decay", "ψ"),
          Map.entry("lambd", "ν"),
          Map.entry("t0", "t_0"),
          Map.entry("final_lr", "η_last"),
          Map.entry("trust_coefficient", "c"),
          Map.entry("min_norm", "n_min"),
          Map.entry("max_norm", "c"),
          Map.entry("factor", "c"),
          Map.entry("radius", "r"),
          Map.entry("l1", "λ₁"),
          Map.entry("l2", "λ₂"),
          Map.entry("clip_value", "c"));

  private static final Map<String, String> GREEK =
      Map.ofEntries(
          Map.entry("α", "\\alpha"),
          Map.entry("β", "\\beta"),
          Map.entry("γ", "\\gamma"),
          Map.entry("δ", "\\delta"),
          Map.entry("Δ", "\\Delta"),
          Map.entry("ε", "\\varepsilon"),
          Map.entry("η", "\\eta"),
          Map.entry("θ", "\\theta"),
          Map.entry("κ", "\\kappa"),
          Map.entry("λ", "\\lambda"),
          Map.entry("Λ", "\\Lambda"),
          Map.entry("μ", "\\mu"),
          Map.entry("ν", "\\nu"),
          Map.entry("ρ", "\\rho"),
          Map.entry("σ", "\\sigma"),
          Map.entry("τ", "\\tau"),
          Map.entry("ξ", "\\xi"),
          Map.entry("ψ", "\\psi"),
          Map.entry("ω", "\\omega"),
          Map.entry("φ", "\\varphi"));

  private static final Map<Character, String> ACCENTS =
      Map.of('\u0302', "\\hat", '\u0303', "\\tilde", '\u0304', "\\bar");

  private static final String PLAIN_LOW = "0123456789+-aehijklmnoprstuvx";
  private static final String LOW = "₀₁₂₃₄₅₆₇₈₉₊₋ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ";
  private static final String PLAIN_HIGH = "0123456789+−-tnk";
  private static final String HIGH = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ᵗⁿᵏ";

  private Symbols() {}

  /** The symbol of a hyperparameter, such as {@code β₁}. */
  static String hyperparameter(String name) {
    return HYPERPARAMETERS.getOrDefault(name, name);
  }

  /** Unicode: what follows {@code _} goes down where there are such letters. */
  static String text(String symbol) {
    int bar = symbol.indexOf('_');
    if (bar <= 0 || bar > 2) {
      return symbol;
    }
    String low = translated(symbol.substring(bar + 1), PLAIN_LOW, LOW);
    return low.isEmpty() ? symbol : symbol.substring(0, bar) + low;
  }

  /** The text as Unicode superscript; empty if some letter has none. */
  static String high(String text) {
    return translated(text, PLAIN_HIGH, HIGH);
  }

  private static String translated(String text, String from, String to) {
    StringBuilder result = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      int index = from.indexOf(text.charAt(i));
      if (index < 0) {
        return "";
      }
      result.append(to.charAt(index));
    }
    return result.toString();
  }

  /** LaTeX: accents, Greek, indexes; a word stands upright. */
  static String latex(String symbol) {
    int bar = symbol.indexOf('_');
    if (bar > 0 && bar <= 2) {
      return latex(symbol.substring(0, bar)) + "^{\\mathrm{" + symbol.substring(bar + 1) + "}}";
    }
    String letters = Normalizer.normalize(symbol, Normalizer.Form.NFD);
    String head = letters.substring(0, 1);
    String letter = GREEK.getOrDefault(head, head);
    if (letters.length() == 1) {
      return letter;
    }
    char second = letters.charAt(1);
    if (letters.length() == 2 && ACCENTS.containsKey(second)) {
      return ACCENTS.get(second) + "{" + letter + "}";
    }
    if (letters.length() == 2 && LOW.indexOf(second) >= 0) {
      return letter + "_" + PLAIN_LOW.charAt(LOW.indexOf(second));
    }
    return "\\mathrm{" + symbol.replace("_", "\\_") + "}";
  }
}
