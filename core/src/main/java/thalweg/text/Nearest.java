package thalweg.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The names nearest to a wrong one: what a message about an unknown name should offer. */
public final class Nearest {
  private static final int MOST = 3;
  private static final int LISTED = 12;

  private Nearest() {}

  /**
   * At most three names, nearest first: those within a third of the length in edits (inserted,
   * deleted, changed or swapped letters), and those that begin like it. Case, {@code _}, {@code -}
   * and spaces do not count.
   */
  public static List<String> to(String wrong, Collection<String> names) {
    String plain = plain(wrong);
    if (plain.isEmpty()) {
      return List.of();
    }
    record Candidate(String name, int distance) {}
    return names.stream()
        .distinct()
        .map(name -> new Candidate(name, distance(plain, plain(name))))
        .filter(candidate -> candidate.distance() <= (plain.length() + 2) / 3)
        .sorted(Comparator.comparingInt(Candidate::distance))
        .limit(MOST)
        .map(Candidate::name)
        .toList();
  }

  /** {@code "; did you mean adam or adamw?"}, or nothing when no name is near. */
  public static String question(String wrong, Collection<String> names) {
    List<String> near = to(wrong, names);
    return near.isEmpty() ? "" : "; did you mean " + listed(near, "or") + "?";
  }

  /**
   * What to offer for a name that was not found: {@code did you mean 'a' or 'b'?}, or the first
   * names there are when none is near.
   */
  public static String offer(String wrong, Collection<String> names) {
    List<String> near = to(wrong, names);
    if (!near.isEmpty()) {
      return "did you mean " + listed(quoted(near), "or") + "?";
    }
    int more = names.size() - LISTED;
    return "there is "
        + String.join(", ", quoted(names.stream().limit(LISTED).toList()))
        + (more > 0 ? " and " + more + " more" : "");
  }

  private static List<String> quoted(List<String> names) {
    return names.stream().map(name -> "'" + name + "'").toList();
  }

  /** {@code a}, {@code a or b}, {@code a, b or c}. */
  static String listed(List<String> names, String word) {
    if (names.size() < 2) {
      return String.join("", names);
    }
    int last = names.size() - 1;
    return String.join(", ", names.subList(0, last)) + " " + word + " " + names.get(last);
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[\\s_-]", "");
  }

  /** Edits between two names; 1 where one is the beginning of the other. */
  private static int distance(String x, String y) {
    int edits = edits(x, y);
    boolean begins = Math.min(x.length(), y.length()) >= 2 && (y.startsWith(x) || x.startsWith(y));
    return begins ? Math.min(edits, 1) : edits;
  }

  /** Optimal string alignment: Levenshtein's distance with swaps of neighbours as one edit. */
  private static int edits(String x, String y) {
    int[][] d = new int[x.length() + 1][y.length() + 1];
    for (int i = 0; i <= x.length(); i++) {
      d[i][0] = i;
    }
    for (int j = 0; j <= y.length(); j++) {
      d[0][j] = j;
    }
    for (int i = 1; i <= x.length(); i++) {
      for (int j = 1; j <= y.length(); j++) {
        int change = x.charAt(i - 1) == y.charAt(j - 1) ? 0 : 1;
        int best = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
        boolean swapped =
            i > 1
                && j > 1
                && x.charAt(i - 1) == y.charAt(j - 2)
                && x.charAt(i - 2) == y.charAt(j - 1);
        d[i][j] = swapped ? Math.min(best, d[i - 2][j - 2] + 1) : best;
      }
    }
    return d[x.length()][y.length()];
  }
}
