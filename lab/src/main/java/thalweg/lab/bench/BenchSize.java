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
 * How many parameters a step updates: {@code tensors} tensors of {@code length} elements.
 *
 * @param text as the user wrote it: {@code 64K}, {@code 1M}, {@code 200x2K}; K is 1024, M is 1024 K
 */
public record BenchSize(String text, int tensors, long length) {
  private static final Pattern FORM = Pattern.compile("(?:(\\d{1,6})x)?(\\d{1,10})([KM]?)");
  private static final long MOST = 1L << 30;

  /** One length for each tensor. */
  public List<Long> lengths() {
    return Collections.nCopies(tensors, length);
  }

  /** Elements in all. */
  public long elements() {
    return tensors * length;
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
          "size must be a number of parameters such as 64K, 1M or 200x2K, got '%s'"
              .formatted(text));
    }
    int tensors = form.group(1) == null ? 1 : Integer.parseInt(form.group(1));
    long unit =
        switch (form.group(3)) {
          case "K" -> 1024;
          case "M" -> 1024 * 1024;
          default -> 1;
        };
    long length = Long.parseLong(form.group(2)) * unit;
    if (tensors < 1 || length < 1 || length > MOST || tensors * length > MOST) {
      throw new BadInput("size must be between 1 and 1024M parameters, got '%s'".formatted(text));
    }
    return new BenchSize(text, tensors, length);
  }
}
