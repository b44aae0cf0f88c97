package thalweg.print;

import java.util.List;

/** An {@link Explanation} as text: formula, links with their hyperparameters, state, passes. */
final class ExplanationText {
  private static final int COLUMNS = 100;

  private final Explanation explained;
  private final StringBuilder out = new StringBuilder();

  ExplanationText(Explanation explained) {
    this.explained = explained;
  }

  String write() {
    List<Explanation.Link> links = explained.links();
    line(explained.spec());
    if (links.size() == 1 && !links.getFirst().summary().isEmpty()) {
      paragraph("", links.getFirst().summary());
    }
    formula();
    if (links.size() == 1) {
      link("", links.getFirst());
    } else {
      for (int i = 0; i < links.size(); i++) {
        out.append('\n');
        Explanation.Link link = links.get(i);
        String summary = link.summary().isEmpty() ? "" : ": " + link.summary();
        paragraph("", "%d. %s%s".formatted(i + 1, link.name(), summary));
        link("  ", link);
      }
    }
    state();
    memory();
    return out.toString();
  }

  private void formula() {
    heading("Formula");
    explained.formula().forEach(text -> line("  " + text));
    out.append('\n');
    explained.legend().forEach(text -> paragraph("  ", text));
    if (!explained.gradients().isEmpty()) {
      out.append('\n');
      paragraph("  ", explained.gradients());
    }
  }

  private void link(String indent, Explanation.Link link) {
    String deeper = indent + "  ";
    if (!link.hyperparameters().isEmpty()) {
      heading(indent + "Hyperparameters");
      TextTable table = new TextTable();
      table.row(deeper + "name", "symbol", "value", "default", "range");
      for (Explanation.Argument argument : link.hyperparameters()) {
        table.row(
            deeper + argument.name(),
            argument.symbol().isEmpty() ? "-" : argument.symbol(),
            argument.value(),
            argument.standard().isEmpty() ? "-" : argument.standard(),
            argument.range());
      }
      table.lines().forEach(this::line);
    }
    if (!link.paper().isEmpty()) {
      heading(indent + "Paper");
      paragraph(deeper, link.paper());
    }
    if (!link.differs().isEmpty()) {
      heading(indent + "Differs");
      for (int i = 0; i < link.differs().size(); i++) {
        paragraph(deeper, "%d. %s".formatted(i + 1, link.differs().get(i)));
      }
    }
  }

  private void state() {
    heading(
        "State: %d bytes a parameter%s in float32"
            .formatted(explained.stateBytes(), explained.fewerBytes()));
    if (explained.states().isEmpty()) {
      line("  none");
      return;
    }
    TextTable table = new TextTable();
    table.row("  name", "symbol", "starts at", "one for each", "bytes");
    for (Explanation.Remembered state : explained.states()) {
      table.row(
          "  " + state.key(),
          state.symbol(),
          state.initial(),
          state.each(),
          Long.toString(state.bytes()));
    }
    table.lines().forEach(this::line);
  }

  private void memory() {
    int passes = explained.trips().size();
    heading(
        "Memory: %d %s, %d bytes a parameter and step in float32"
            .formatted(passes, passes == 1 ? "pass" : "passes", explained.trafficBytes()));
    TextTable table = new TextTable();
    table.row("  pass", "reads", "writes", "bytes");
    for (int i = 0; i < passes; i++) {
      Explanation.Trip trip = explained.trips().get(i);
      table.row(
          "  " + (i + 1),
          String.join(" ", trip.reads()),
          trip.writes().isEmpty() ? "-" : String.join(" ", trip.writes()),
          Integer.toString(trip.bytes()));
    }
    table.lines().forEach(this::line);
    if (explained.takesSparse()) {
      out.append('\n');
      line("  Takes sparse gradients: the cost is that of the rows that have one.");
    }
  }

  private void heading(String text) {
    out.append('\n');
    line(text);
  }

  private void line(String text) {
    out.append(text).append('\n');
  }

  /** Breaks a sentence into lines at spaces; below a number, lines go in as far as its text. */
  private void paragraph(String indent, String text) {
    String hang = text.matches("\\d\\. .*") ? "   " : "";
    StringBuilder line = new StringBuilder(indent);
    boolean empty = true;
    for (String word : text.split(" ", -1)) {
      if (!empty && line.length() + 1 + word.length() > COLUMNS) {
        line(line.toString());
        line = new StringBuilder(indent + hang);
        empty = true;
      }
      line.append(empty ? "" : " ").append(word);
      empty = false;
    }
    line(line.toString());
  }
}
