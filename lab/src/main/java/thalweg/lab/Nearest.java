package thalweg.lab;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The names closest to one that was not found, for the end of an error message. */
public final class Nearest {
  private static final int LISTED = 12;

  private Nearest() {}

  /**
   * The up to three closest names, closest first: a few letters differ, or one contains the other.
   */
  public static List<String> to(String name, Collection<String> names) {
    String wanted = name.toLowerCase(Locale.ROOT);
    record Candidate(String name, int distance) {}
    int limit = Math.max(2, wanted.length() / 3);
    return names.stream()
        .map(n -> new Candidate(n, distance(wanted, n.toLowerCase(Locale.ROOT))))
        .filter(c -> c.distance() <= limit)
        .sorted(Comparator.comparingInt(Candidate::distance))
        .limit(3)
        .map(Candidate::name)
        .toList();
  }

  /**
   * What to offer for a name that was not found: {@code did you mean 'a' or 'b'?}, or the first
   * names there are when none is close.
   */
  public static String offer(String name, Collection<String> names) {
    List<String> near = to(name, names);
    if (!near.isEmpty()) {
      return "did you mean " + quoted(near, " or ") + "?";
    }
    String listed = quoted(names.stream().limit(LISTED).toList(), ", ");
    int more = names.size() - LISTED;
    return "there is " + listed + (more > 0 ? " and " + more + " more" : "");
  }

  private static String quoted(List<String> names, String between) {
    return names.stream().map(n -> "'" + n + "'").collect(Collectors.joining(between));
  }

  private static int distance(String a, String b) {
    if (a.length() >= 3 && b.length() >= 3 && (a.contains(b) || b.contains(a))) {
      return a.equals(b) ? 0 : 1;
    }
    int[] above = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[b.length()];
  }
}
