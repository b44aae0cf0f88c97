package thalweg.optimizer;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Which parameters a group takes: the usual answers, to be joined with {@link Predicate#and},
 * {@link Predicate#or} and {@link Predicate#not}.
 */
public final class Where {
  private Where() {}

  /**
   * What weight decay leaves out by custom: everything of rank below 2, which is biases and the
   * scales of normalizations, and whatever is named {@code bias} or ends in {@code .bias}. The
   * scale of a normalization over several dimensions has their rank: name it as well.
   */
  public static Predicate<Parameter> biasOrNorm() {
    return rankBelow(2).or(p -> p.name().equals("bias") || p.name().endsWith(".bias"));
  }

  /** Parameters of fewer than {@code rank} dimensions. */
  public static Predicate<Parameter> rankBelow(int rank) {
    return p -> p.rank() < rank;
  }

  /** Names that begin with {@code prefix}, such as {@code encoder.}. */
  public static Predicate<Parameter> nameStartsWith(String prefix) {
    return p -> p.name().startsWith(prefix);
  }

  /**
   * Names that fit a glob from their first letter to their last: {@code *} is any run of
   * characters, dots included, {@code ?} is one character, all others are themselves. {@code
   * encoder.*.weight} takes {@code encoder.0.attention.weight}.
   */
  public static Predicate<Parameter> name(String glob) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < glob.length(); i++) {
      regex.append(
          switch (glob.charAt(i)) {
            case '*' -> ".*";
            case '?' -> ".";
            default -> Pattern.quote(glob.substring(i, i + 1));
          });
    }
    return nameMatches(Pattern.compile(regex.toString(), Pattern.DOTALL));
  }

  /** Names that match a regular expression from their first letter to their last. */
  public static Predicate<Parameter> nameMatches(Pattern regex) {
    return p -> regex.matcher(p.name()).matches();
  }
}
