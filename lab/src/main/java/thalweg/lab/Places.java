package thalweg.lab;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files that a command is to write, each looked at before the work and not after it. One that
 * is null was not asked for.
 */
public final class Places {
  private static final Path STANDARD_OUTPUT = Path.of("-");

  private final Map<Path, String> taken = new HashMap<>();

  /** None yet. */
  public Places() {}

  /** Whether it is {@code -}: standard output, where numbers can go instead of the text. */
  public static boolean isHere(@Nullable Path place) {
    return STANDARD_OUTPUT.equals(place);
  }

  /**
   * Numbers, to a file or to standard output.
   *
   * @throws BadInput as {@link #file}
   */
  public Places json(@Nullable Path place) {
    return isHere(place) ? this : file("--json", place);
  }

  /**
   * A page.
   *
   * @throws BadInput as {@link #file}, and if the name is not one of a page
   */
  public Places page(@Nullable Path place) {
    file("--out", place);
    if (place != null && !SafeFile.isDevice(place)) {
      String name = place.toString().toLowerCase(Locale.ROOT);
      if (!name.endsWith(".html") && !name.endsWith(".htm")) {
        throw new BadInput(
            "--out %s: what is written there is a page; give a file that ends in .html"
                .formatted(place));
      }
    }
    return this;
  }

  /**
   * Any other file.
   *
   * @throws BadInput if it cannot be written, or another option names it too
   */
  public Places file(String option, @Nullable Path place) {
    if (place == null) {
      return this;
    }
    SafeFile.check(place);
    String other = taken.put(place.toAbsolutePath().normalize(), option);
    if (other != null) {
      throw new BadInput("%s and %s both name %s; give two files".formatted(other, option, place));
    }
    return this;
  }
}
