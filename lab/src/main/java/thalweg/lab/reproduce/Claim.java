package thalweg.lab.reproduce;

import java.util.Locale;

/**
 * A sentence of the literature, as something that can be measured: two sides on the same seeds, and
 * the bound that how they compare must pass.
 *
 * @param name short, lower case, as {@code speed}
 * @param says the claim in one sentence
 * @param source who says so, where and when
 * @param measured what one value is, as {@code steps to a training loss of 0.1}
 * @param first of what the value comes first, as {@code Adam}
 * @param second of what it is compared with, as {@code SGDM}
 * @param by how the two compare
 * @param side where of the bound the claim wants the comparison
 * @param bound of a ratio above 0; one without effect is 1, of a difference 0
 */
public record Claim(
    String name,
    String says,
    String source,
    String measured,
    String first,
    String second,
    By by,
    Side side,
    double bound) {
  /** How two values compare. */
  public enum By {
    /** First minus second. */
    DIFFERENCE,
    /** First over second; averaged on the scale of logarithms. Both must be above 0. */
    RATIO;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A side of the bound. */
  public enum Side {
    ABOVE,
    BELOW;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Claim {
    if (!Double.isFinite(bound) || (by == By.RATIO && bound <= 0)) {
      throw new IllegalArgumentException(
          "claim '%s': the bound of a %s cannot be %s".formatted(name, by, bound));
    }
  }

  /** The claim that the opposite is so. */
  public Claim opposite() {
    return new Claim(
        name,
        says,
        source,
        measured,
        first,
        second,
        by,
        side == Side.ABOVE ? Side.BELOW : Side.ABOVE,
        bound);
  }
}
