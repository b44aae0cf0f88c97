package thalweg.lab.memory;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import thalweg.formula.Extent;
import thalweg.lab.BadInput;

/**
 * What is trained, as far as memory asks: the shapes of the parameters.
 *
 * @param name what it is called in the answer
 * @param shaped whether the shapes are those of a network; else all there is is a count, taken as
 *     one vector
 * @param notes what to know of it
 */
public record Trained(String name, List<List<Long>> shapes, boolean shaped, List<String> notes) {
  private static final Pattern COUNT =
      Pattern.compile("(\\d+(?:\\.\\d*)?(?:[eE]\\+?\\d{1,3})?)\\s*([kKmMbBgGtT]?)");
  private static final Pattern SIZE = Pattern.compile("\\d+");

  public Trained {
    shapes = List.copyOf(shapes);
    notes = List.copyOf(notes);
  }

  /** How many numbers are learned. */
  public long parameters() {
    return shapes.stream().mapToLong(Extent.ELEMENT::count).reduce(0, Math::addExact);
  }

  /** A network of {@link KnownModel}. */
  public static Trained model(String name) {
    return new Trained(name, KnownModel.named(name).shapes(), true, List.of());
  }

  /**
   * The parameters in a checkpoint: of a model as safetensors or as {@code torch.save} writes it,
   * of a run, or of an optimizer's state. Running statistics of batch norms are left out.
   *
   * @throws BadInput if it cannot be read, or does not tell the shapes
   */
  public static Trained checkpoint(Path file) {
    return CheckpointShapes.of(file);
  }

  /**
   * Reads a count ({@code 7e9}, {@code 16M}, {@code 1.5B}; K, M, B and T are thousands to 10¹²) or
   * a list of shapes ({@code 4096x4096,4096}).
   *
   * @throws BadInput if it is neither, is not positive, or is more than can be counted
   */
  public static Trained parse(String text) {
    String plain = text.strip();
    if (plain.contains("x") || plain.contains(",")) {
      return shapes(plain);
    }
    Matcher form = COUNT.matcher(plain.replace("_", ""));
    if (!form.matches()) {
      throw new BadInput(
          "--parameters must be a number such as 7e9, 16M or 1.5B, or shapes such as 4096x4096,4096, got '%s'"
              .formatted(text));
    }
    BigDecimal count = new BigDecimal(form.group(1)).multiply(unit(form.group(2)));
    if (count.signum() <= 0) {
      throw new BadInput("--parameters must be at least 1, got '%s'".formatted(text));
    }
    if (count.stripTrailingZeros().scale() > 0) {
      throw new BadInput("--parameters must be a whole number, got '%s'".formatted(text));
    }
    if (count.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      throw tooMany(text);
    }
    return new Trained(plain, List.of(List.of(count.longValueExact())), false, List.of());
  }

  private static BigDecimal unit(String letter) {
    return BigDecimal.ONE.scaleByPowerOfTen(
        switch (letter.toUpperCase(Locale.ROOT)) {
          case "K" -> 3;
          case "M" -> 6;
          case "B", "G" -> 9;
          case "T" -> 12;
          default -> 0;
        });
  }

  private static Trained shapes(String text) {
    List<List<Long>> shapes = new ArrayList<>();
    for (String shape : text.split(",", -1)) {
      List<Long> sizes = new ArrayList<>();
      for (String size : shape.strip().split("x", -1)) {
        sizes.add(size(size, text));
      }
      shapes.add(List.copyOf(sizes));
    }
    Trained trained = new Trained(text, shapes, true, List.of());
    try {
      trained.parameters();
    } catch (ArithmeticException e) {
      throw tooMany(text);
    }
    return trained;
  }

  private static long size(String size, String text) {
    if (!SIZE.matcher(size).matches()) {
      throw new BadInput(
          "--parameters: a shape is sizes joined by x, such as 4096x4096, got '%s' in '%s'"
              .formatted(size, text));
    }
    BigDecimal number = new BigDecimal(size);
    if (number.signum() == 0) {
      throw new BadInput("--parameters: a size must be at least 1, got 0 in '%s'".formatted(text));
    }
    if (number.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      throw tooMany(text);
    }
    return number.longValueExact();
  }

  static BadInput tooMany(String text) {
    return new BadInput("'%s' takes more than 2^63 bytes; give fewer parameters".formatted(text));
  }

  /** Shapes for people: {@code 4 tensors}. */
  String tensors() {
    int count = shapes.size();
    return count == 1 ? "1 tensor" : count + " tensors";
  }
}
