package thalweg.lab.memory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import thalweg.account.MemoryAccount;
import thalweg.account.Part;
import thalweg.account.Precision;
import thalweg.account.Zero;
import thalweg.lab.TextTable;
import thalweg.text.Specs;

/** The answer to a {@link MemoryQuestion} for a terminal: a table and bars. */
public final class MemoryText {
  private final MemoryQuestion question;
  private final List<MemoryAccount> accounts;
  private final boolean divided;
  private final Bars bars;

  private MemoryText(MemoryQuestion question, boolean colours) {
    this.question = question;
    accounts = question.accounts();
    divided = question.zero().stage() > 0;
    ToLongFunction<MemoryAccount.Line> drawn =
        divided ? MemoryAccount.Line::bytesOfRank : MemoryAccount.Line::bytes;
    bars = new Bars(colours, drawn);
  }

  /** The whole text, ending in a line break. */
  public static String of(MemoryQuestion question, boolean colours) {
    return new MemoryText(question, colours).write();
  }

  private String write() {
    StringBuilder text = new StringBuilder(heading()).append("\n\n");
    text.append(accounts.size() == 1 ? alone() : together());
    List<String> notes = question.notes();
    if (!notes.isEmpty()) {
      text.append('\n');
      notes.forEach(note -> text.append(note).append('\n'));
    }
    return text.toString();
  }

  private String heading() {
    Trained trained = question.trained();
    String rule = accounts.size() == 1 ? Specs.print(question.rules().getFirst()) + " over " : "";
    String count = String.format(Locale.ROOT, "%,d", trained.parameters()).replace(',', ' ');
    String what =
        trained.shaped()
            ? "%s, %s parameters in %s".formatted(trained.name(), count, trained.tensors())
            : count + " parameters";
    return "%s%s; %s%s".formatted(rule, what, types(), zero());
  }

  private String types() {
    Precision precision = question.precision();
    String states = MemoryQuestion.name(precision.states());
    return precision.name() + (states.equals("fp32") ? "" : " with states in " + states);
  }

  private String zero() {
    Zero zero = question.zero();
    return !divided && zero.ranks() == 1
        ? ""
        : "; ZeRO stage %d on %d %s"
            .formatted(zero.stage(), zero.ranks(), zero.ranks() == 1 ? "rank" : "ranks");
  }

  private String alone() {
    MemoryAccount account = accounts.getFirst();
    List<String> names = names(account);
    TextTable table =
        new TextTable()
            .column("part", TextTable.Side.LEFT)
            .column("type", TextTable.Side.LEFT)
            .column("bytes/parameter", TextTable.Side.RIGHT)
            .column("bytes", TextTable.Side.RIGHT);
    if (divided) {
      table.column("on each rank", TextTable.Side.RIGHT);
    }
    for (int i = 0; i < names.size(); i++) {
      MemoryAccount.Line line = account.lines().get(i);
      String type = MemoryQuestion.name(line.type());
      table.row(row(account, names.get(i), type, line.bytes(), line.bytesOfRank()));
    }
    table.row(row(account, "in all", "", account.bytes(), account.bytesOfRank()));
    long own = account.optimizerBytes();
    table.row(row(account, "of the optimizer", "", own, account.optimizerBytesOfRank()));
    return table + "\n" + drawn() + bars.lines(account, names);
  }

  private List<String> row(
      MemoryAccount account, String name, String type, long bytes, long bytesOfRank) {
    List<String> cells = new ArrayList<>();
    cells.add(name);
    cells.add(type);
    cells.add(Bytes.each(bytes, account.parameters()));
    cells.add(Bytes.text(bytes));
    if (divided) {
      cells.add(Bytes.text(bytesOfRank));
    }
    return cells;
  }

  /** States by their names alone, where no other has it. */
  private static List<String> names(MemoryAccount account) {
    List<String> full = account.lines().stream().map(MemoryAccount.Line::name).toList();
    return full.stream()
        .map(name -> {
          String last = name.substring(name.indexOf('/') + 1);
          long alike = full.stream().filter(other -> other.endsWith("/" + last)).count();
          return alike > 1 ? name : last;
        })
        .toList();
  }

  private String together() {
    List<Part> parts =
        Arrays.stream(Part.values())
            .filter(part -> accounts.stream().anyMatch(account -> account.bytes(part) > 0))
            .toList();
    TextTable table = new TextTable().column("optimizer", TextTable.Side.LEFT);
    parts.forEach(part -> table.column(Bars.word(part), TextTable.Side.RIGHT));
    table.column("in all", TextTable.Side.RIGHT).column("bytes/parameter", TextTable.Side.RIGHT);
    if (divided) {
      table.column("on each rank", TextTable.Side.RIGHT);
    }
    List<String> names = question.rules().stream().map(Specs::print).toList();
    for (int i = 0; i < names.size(); i++) {
      MemoryAccount account = accounts.get(i);
      List<String> cells = new ArrayList<>(List.of(names.get(i)));
      parts.forEach(part -> cells.add(Bytes.text(account.bytes(part))));
      cells.add(Bytes.text(account.bytes()));
      cells.add(Bytes.each(account.bytes(), account.parameters()));
      if (divided) {
        cells.add(Bytes.text(account.bytesOfRank()));
      }
      table.row(cells);
    }
    return table + "\n" + drawn() + bars.stacked(accounts, names);
  }

  /** What the bars show, where it is not everything. */
  private String drawn() {
    return divided ? "On each rank:\n\n" : "";
  }
}
