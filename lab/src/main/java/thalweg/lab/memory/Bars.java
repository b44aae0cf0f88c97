package thalweg.lab.memory;

import java.util.List;
import java.util.function.ToLongFunction;
import thalweg.account.MemoryAccount;
import thalweg.account.Part;

/**
 * Accounts as bars of characters, all to one scale. Parts differ by their fill, so that they can be
 * told apart without colours.
 */
final class Bars {
  private static final int COLUMNS = 48;
  private static final int EIGHTHS = 8;
  private static final String PARTIAL = " ▏▎▍▌▋▊▉";
  private static final String RESET = "\u001b[0m";

  private final boolean colours;
  private final ToLongFunction<MemoryAccount.Line> bytes;

  /**
   * @param colours whether a colour for each part is wanted too
   * @param bytes what of a line is drawn
   */
  Bars(boolean colours, ToLongFunction<MemoryAccount.Line> bytes) {
    this.colours = colours;
    this.bytes = bytes;
  }

  /** One bar for each line of an account. */
  String lines(MemoryAccount account, List<String> names) {
    long longest = account.lines().stream().mapToLong(bytes).max().orElse(0);
    int width = names.stream().mapToInt(String::length).max().orElse(0);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < names.size(); i++) {
      MemoryAccount.Line line = account.lines().get(i);
      long value = bytes.applyAsLong(line);
      String bar = bar(value, longest);
      text.append(padded(names.get(i), width))
          .append("  ")
          .append(coloured(line.part(), bar))
          .append(bar.isEmpty() ? "" : " ")
          .append(Bytes.text(value))
          .append('\n');
    }
    return text.toString();
  }

  /** One bar for each account, the parts behind each other, and what the fills mean. */
  String stacked(List<MemoryAccount> accounts, List<String> names) {
    long longest = accounts.stream().mapToLong(this::total).max().orElse(0);
    int width = names.stream().mapToInt(String::length).max().orElse(0);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < names.size(); i++) {
      text.append(padded(names.get(i), width)).append("  ");
      double before = 0;
      int drawn = 0;
      for (Part part : Part.values()) {
        before += sum(accounts.get(i), part);
        int end = longest == 0 ? 0 : (int) Math.round(before / longest * COLUMNS);
        text.append(coloured(part, fill(part).repeat(end - drawn)));
        drawn = end;
      }
      text.append(drawn == 0 ? "" : " ").append(Bytes.text(total(accounts.get(i)))).append('\n');
    }
    text.append('\n');
    String gap = "";
    for (Part part : Part.values()) {
      if (accounts.stream().anyMatch(account -> sum(account, part) > 0)) {
        text.append(gap).append(coloured(part, fill(part))).append(' ').append(word(part));
        gap = "   ";
      }
    }
    return text.append('\n').toString();
  }

  /** What parts are called. */
  static String word(Part part) {
    return switch (part) {
      case PARAMETERS -> "parameters";
      case GRADIENTS -> "gradients";
      case MASTERS -> "master copies";
      case STATE -> "states";
      case WORKING -> "working memory";
    };
  }

  private long total(MemoryAccount account) {
    return account.lines().stream().mapToLong(bytes).reduce(0, Math::addExact);
  }

  private long sum(MemoryAccount account, Part part) {
    return account.lines(part).stream().mapToLong(bytes).reduce(0, Math::addExact);
  }

  private static String bar(long value, long longest) {
    if (value == 0) {
      return "";
    }
    int eighths = (int) Math.max(1, Math.round((double) value / longest * COLUMNS * EIGHTHS));
    int rest = eighths % EIGHTHS;
    return "█".repeat(eighths / EIGHTHS) + (rest == 0 ? "" : PARTIAL.substring(rest, rest + 1));
  }

  private static String fill(Part part) {
    return switch (part) {
      case PARAMETERS -> "█";
      case GRADIENTS -> "▓";
      case MASTERS -> "▒";
      case STATE -> "░";
      case WORKING -> "·";
    };
  }

  private String coloured(Part part, String text) {
    int colour =
        switch (part) {
          case PARAMETERS -> 34;
          case GRADIENTS -> 36;
          case MASTERS -> 32;
          case STATE -> 33;
          case WORKING -> 35;
        };
    return colours && !text.isEmpty() ? "\u001b[" + colour + "m" + text + RESET : text;
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width - text.length());
  }
}
