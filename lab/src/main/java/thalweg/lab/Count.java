package thalweg.lab;

/** Numbers of things in words. */
public final class Count {
  private Count() {}

  /**
   * Such as {@code 1 step}, {@code 3 steps}.
   *
   * @param thing one of them, whose plural ends in s
   */
  public static String of(long count, String thing) {
    return count + " " + thing + (count == 1 ? "" : "s");
  }
}
