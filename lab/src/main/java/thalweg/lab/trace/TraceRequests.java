package thalweg.lab.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import thalweg.lab.BadInput;
import thalweg.lab.NumberInput;
import thalweg.lab.surface.Expression;
import thalweg.lab.surface.Surface;
import thalweg.lab.surface.Surfaces;

/** Requests from text, as people write it. */
public final class TraceRequests {
  /** What is compared where nobody says: the rules that every textbook has, in its order. */
  public static final List<String> STANDARD_OPTIMIZERS =
      List.of("sgd", "heavy_ball", "nag", "adagrad", "adadelta", "rmsprop", "adam", "adamw");

  /** Single terms of the sum that noise makes, where no optimizer asks for another number. */
  public static final int USUAL_TERMS = Contender.TERMS;

  private TraceRequests() {}

  /**
   * Reads which surface is meant.
   *
   * @param name a surface in text form; null where there is an expression
   * @param expression a formula; null where there is a name
   * @param box the part of an expression to look at; null for the usual one
   * @throws BadInput if there are both or neither, or what there is does not parse
   */
  public static Surface surface(
      @Nullable String name, @Nullable String expression, @Nullable String box) {
    if (name != null && expression != null) {
      throw new BadInput(
          "'%s' and --expression are two surfaces; give one of them".formatted(name));
    }
    if (expression != null) {
      return box == null ? Expression.parse(expression) : Expression.parse(expression, box);
    }
    if (name == null) {
      throw new BadInput(
          "no surface; give one, such as rosenbrock, or --expression; there are %s"
              .formatted(String.join(", ", Surfaces.names())));
    }
    if (box != null) {
      throw new BadInput("--box is for an --expression; '%s' has its own".formatted(name));
    }
    return Surfaces.parse(name);
  }

  /**
   * Reads optimizers.
   *
   * @param text their text forms with {@code ;} between them
   */
  public static List<String> optimizers(String text) {
    return Arrays.stream(text.split(";")).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }

  /**
   * Reads a start.
   *
   * @param text numbers with commas between them; null for the surface's usual one
   * @throws BadInput if they are not numbers, or no place to start from
   */
  public static List<Double> start(@Nullable String text, Surface surface) {
    List<Double> start = text == null ? surface.start() : numbers(text);
    Surfaces.checkStart(surface, start);
    return start;
  }

  /**
   * Reads a standard deviation.
   *
   * @throws BadInput if it is none
   */
  public static double noise(String text) {
    return NumberInput.finite(text).stream()
        .filter(noise -> noise >= 0)
        .findFirst()
        .orElseThrow(() ->
            new BadInput(
                "--noise is a standard deviation, 0 or more, such as 0.1, got '%s'"
                    .formatted(text)));
  }

  private static List<Double> numbers(String text) {
    List<Double> numbers = new ArrayList<>();
    for (String number : text.split(",", -1)) {
      numbers.add(
          NumberInput.finite(number)
              .orElseThrow(() ->
                  new BadInput(
                      "--start '%s': '%s' is no number; write one for each coordinate, such as -1.2,1"
                          .formatted(text, number.strip()))));
    }
    return numbers;
  }
}
