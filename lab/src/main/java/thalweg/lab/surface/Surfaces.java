package thalweg.lab.surface;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import thalweg.lab.BadInput;
import thalweg.lab.Count;
import thalweg.text.NumberText;
import thalweg.text.RecordSpecs;

/**
 * The surfaces by name: {@code rosenbrock(dimension=5)}, {@code quadratic(condition=100)}, {@code
 * random(seed=7)}, and {@code expression(x^2 + y^4)} for any other.
 */
public final class Surfaces {
  /** The text form of definitions. */
  static final RecordSpecs<Definition> SPECS = new RecordSpecs<>("surface", kinds());

  private Surfaces() {}

  private static SequencedMap<String, Class<? extends Record>> kinds() {
    SequencedMap<String, Class<? extends Record>> kinds = new LinkedHashMap<>();
    kinds.put("rosenbrock", Rosenbrock.class);
    kinds.put("saddle", Saddle.class);
    kinds.put("valley", Valley.class);
    kinds.put("beale", Beale.class);
    kinds.put("himmelblau", Himmelblau.class);
    kinds.put("rastrigin", Rastrigin.class);
    kinds.put("ackley", Ackley.class);
    kinds.put("styblinski_tang", StyblinskiTang.class);
    kinds.put("booth", Booth.class);
    kinds.put("goldstein_price", GoldsteinPrice.class);
    kinds.put("quadratic", Quadratic.class);
    kinds.put("random", RandomSurface.class);
    return kinds;
  }

  /** The names of the text form. */
  public static List<String> names() {
    return List.copyOf(SPECS.kinds().keySet());
  }

  /** Each named surface once, with its defaults. */
  public static List<Surface> all() {
    return names().stream().map(Surfaces::parse).toList();
  }

  /**
   * Reads a surface.
   *
   * @throws BadInput with one line, if the name is unknown or an argument is wrong
   */
  public static Surface parse(String text) {
    if (Expression.isNamed(text)) {
      return Expression.parseNamed(text);
    }
    try {
      return of(SPECS.parse(text));
    } catch (IllegalArgumentException e) {
      String hint =
          Expression.isFormula(text)
              ? "'%1$s' is a formula; write expression(%1$s)".formatted(text.strip())
              : String.valueOf(e.getMessage());
      throw new BadInput(hint, e);
    }
  }

  /**
   * The record that a text names, with its arguments; empty of an expression, which is none.
   *
   * @throws thalweg.text.SpecException as {@link #parse} throws BadInput
   */
  public static Optional<Record> named(String text) {
    return Expression.isNamed(text) ? Optional.empty() : Optional.of((Record) SPECS.parse(text));
  }

  /** The surface of a definition. */
  public static Surface of(Definition definition) {
    return new FormulaSurface(
        SPECS.print(definition), definition, new ExpressionReader(definition.formula()).read());
  }

  /**
   * Refuses what is no place to start from.
   *
   * @throws BadInput with one line, if there are too many or too few numbers, the place is outside
   *     the box, or the surface has no finite value or gradient there
   */
  public static void checkStart(Surface surface, List<Double> start) {
    int dimension = surface.dimension();
    if (start.size() != dimension) {
      throw new BadInput(
          "start has %s, %s takes %d; write one for each, such as %s"
              .formatted(
                  Count.of(start.size(), "number"),
                  surface.text(),
                  dimension,
                  PlaceText.of(surface.start(), ",")));
    }
    double[] x = new double[dimension];
    for (int i = 0; i < dimension; i++) {
      x[i] = start.get(i);
      double low = surface.box().low().get(i);
      double high = surface.box().high().get(i);
      if (!(x[i] >= low && x[i] <= high)) {
        throw new BadInput(
            "start %s is outside of %s: %s goes from %s to %s there, got %s"
                .formatted(
                    PlaceText.of(start, ","),
                    surface.text(),
                    Coordinates.name(i + 1, dimension),
                    NumberText.of(low),
                    NumberText.of(high),
                    NumberText.of(x[i])));
      }
    }
    double[] gradient = new double[dimension];
    double value = surface.gradient(x, gradient);
    boolean finite = Double.isFinite(value);
    for (double slope : gradient) {
      finite &= Double.isFinite(slope);
    }
    if (!finite) {
      throw new BadInput(
          "%s has no finite value and gradient at the start %s; start elsewhere"
              .formatted(surface.text(), PlaceText.of(start, ",")));
    }
  }
}
