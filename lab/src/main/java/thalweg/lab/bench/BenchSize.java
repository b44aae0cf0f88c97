package thalweg.lab.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import thalweg.lab.BadInput;

/**
 * How many parameters a step updates: {@code tensors} tensors of one shape.
 *
 * @param text as the user wrote it: {@code 64K}, {@code 1M}, {@code 200x2K} for 200 vectors, {@code
 *     4K*4K} for a matrix; K is 1024, M is 1024 K
 */
public record BenchSize(String text, int tensors, List<Long> shape) {
  private static final Pattern FORM =
      Pattern.compile("(?:(\\d{1,6})x)?(\\d{1,10}[KM]?(?:\\*\\d{1,10}[KM]?)*)");
  private static final long MOST = 1L << 30;

  /** One shape for each tensor. */
  public List<List<Long>> shapes() {
    return Collections.nCopies(tensors, shape);
  }

  /** Elements in all. */
  public long elements() {
    return tensors * shape.stream().reduce(1L, (a, b) -> a * b);
  }

  /** Reads a list such as {@code 64K,1M,16M,200x2K}. */
  public static List<BenchSize> list(String text) {
    List<BenchSize> sizes = new ArrayList<>();
    Arrays.stream(text.split(",", -1)).forEach(part -> sizes.add(of(part.strip())));
    return sizes;
  }

  private static BenchSize of(String text) {
    Matcher form = FORM.matcher(text.toUpperCase(Locale.ROOT).replace('X', 'x'));
    if (!form.matches()) {
      throw new BadInput(
          "size must be a number of parameters such as 64K, 1M, 200x2K or 4K*4K, got '%s'"
              .formatted(text));
    }
    int tensors = form.group(1) == null ? 1 : Integer.parseInt(form.group(1));
    List<Long> shape =
        Arrays.stream(form.group(2).split("\\*", -1)).map(BenchSize::number).toList();
    double elements =
        shape.stream().mapToDouble(Long::doubleValue).reduce(tensors, (a, b) -> a * b);
    if (elements < 1 || elements > MOST) {
      throw new BadInput("size must be between 1 and 1024M parameters, got '%s'".formatted(text));
    }
    return new BenchSize(text, tensors, shape);
  }

  private static long number(String text) {
    int digits = text.endsWith("K") || text.endsWith("M") ? text.length() - 1 : text.length();
    long unit =
        switch (text.substring(digits)) {
          case "K" -> 1024;
          case "M" -> 1024 * 1024;
          default -> 1;
        };
    return Long.parseLong(text.substring(0, digits)) * unit;
  }
}
