package thalweg.lab.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import thalweg.formula.Chain;
import thalweg.formula.Formula;
import thalweg.formula.FormulaException;
import thalweg.formula.Transformation;
import thalweg.print.Explanation;
import thalweg.rules.Sgd;
import thalweg.text.CatalogueEntry;
import thalweg.text.Specs;

/**
 * The documentation page of one rule or transformation, in Markdown: all of it read off the rule.
 */
final class RulePage {
  private static final Sgd NEIGHBOUR = Sgd.lr(0.1);

  private final CatalogueEntry entry;
  private final Transformation plain;
  private final Explanation explained;
  private final List<Variation> variations;
  private final StringBuilder out = new StringBuilder();

  RulePage(CatalogueEntry entry) {
    this.entry = entry;
    this.plain = entry.plain();
    this.explained = Explanation.of(plain);
    this.variations = Variation.of(entry);
  }

  String write() {
    line(
        "<!-- Generated from %s. Do not edit: CONTRIBUTING.md has the command. -->"
            .formatted(entry.type().getName()));
    heading("# " + entry.id());
    line(sentence(entry.summary()));
    formula();
    hyperparameters();
    usage();
    state();
    memory();
    variations();
    differences();
    heading("## Paper");
    line(Markdown.escaped(entry.paper()));
    out.append('\n');
    line(
        "[All optimizers and transformations](%sREADME.md)"
            .formatted(entry.kind() == CatalogueEntry.Kind.OPTIMIZER ? "" : "../optimizers/"));
    return out.toString();
  }

  /** A fence rather than dollars: Markdown leaves the backslashes in it alone. */
  private void formula() {
    heading("## Formula");
    if (explained.formula().isEmpty()) {
      line("None: nothing moves.");
      return;
    }
    // GitHub refuses \\operatorname
    fence("math", explained.latex().replace("\\operatorname{", "\\mathrm{").lines().toList());
    out.append('\n');
    fence("text", explained.formula());
    out.append('\n');
    line(Markdown.escaped(String.join(" ", explained.legend())));
    if (!explained.gradients().isEmpty()) {
      out.append('\n');
      line("%s [How](../closures.md)".formatted(Markdown.escaped(explained.gradients())));
    }
  }

  private void variations() {
    if (variations.isEmpty()) {
      return;
    }
    heading("## Options that change the formula");
    line("Each alone, the others at their defaults.");
    for (Variation variation : variations) {
      heading("### " + variation.setting());
      fence("text", variation.explained().formula());
      Explanation other = variation.explained();
      if (!cost(other).equals(cost(explained))) {
        out.append('\n');
        line("Then " + cost(other) + ".");
      }
      if (other.takesSparse() != explained.takesSparse()) {
        out.append('\n');
        line("Sparse gradients are then %s.".formatted(other.takesSparse() ? "taken" : "refused"));
      }
    }
  }

  private static String cost(Explanation explained) {
    int passes = explained.trips().size();
    return "%d bytes of state a parameter, %d %s, %d bytes a parameter and step"
        .formatted(
            explained.stateBytes(),
            passes,
            passes == 1 ? "pass" : "passes",
            explained.trafficBytes());
  }

  private void hyperparameters() {
    heading("## Hyperparameters");
    List<Explanation.Argument> arguments = arguments(explained);
    if (arguments.isEmpty()) {
      line("None.");
      return;
    }
    row("name", "symbol", "default", "range");
    row("---", "---", "---", "---");
    for (Explanation.Argument argument : arguments) {
      row(
          "`" + argument.name() + "`",
          symbol(argument),
          argument.standard().isEmpty() ? "must be given" : argument.standard(),
          argument.range());
    }
  }

  /** The letter, taken from the first formula that has it. */
  private String symbol(Explanation.Argument wanted) {
    return Stream.concat(Stream.of(explained), variations.stream().map(Variation::explained))
        .flatMap(one -> arguments(one).stream())
        .filter(argument -> argument.name().equals(wanted.name()))
        .map(Explanation.Argument::symbol)
        .filter(symbol -> !symbol.isEmpty())
        .findFirst()
        .orElse("");
  }

  private static List<Explanation.Argument> arguments(Explanation explained) {
    return explained.links().getFirst().hyperparameters();
  }

  private void usage() {
    heading("## Use");
    line("In text form, short and with every argument:");
    out.append('\n');
    JavaText java = JavaText.of(plain);
    List<String> imports = java.imports();
    List<String> texts = new ArrayList<>();
    List<String> expressions = new ArrayList<>();
    if (stands(plain)) {
      texts.add(Specs.print(plain));
      expressions.add(java.brief());
    } else {
      JavaText sgd = JavaText.of(NEIGHBOUR);
      Optional<Chain> before = Optional.of(Chain.of(plain, NEIGHBOUR)).filter(RulePage::stands);
      Chain chain = before.orElseGet(() -> Chain.of(NEIGHBOUR, plain));
      texts.add(Specs.print(chain));
      expressions.add(
          "chain(%s)"
              .formatted(
                  before.isPresent()
                      ? java.brief() + ", " + sgd.brief()
                      : sgd.brief() + ", " + java.brief()));
      imports = JavaText.merged(imports, sgd.imports());
      imports =
          JavaText.merged(
              imports, List.of("import static thalweg.transforms.Transformations.chain;"));
    }
    String full = JavaText.textForm(plain);
    if (!texts.contains(full)) {
      texts.add(full);
    }
    if (!expressions.contains(java.full())) {
      expressions.add(java.full());
    }
    fence("text", texts);
    out.append('\n');
    line("In Java:");
    out.append('\n');
    List<String> code = new ArrayList<>(imports);
    expressions.forEach(expression -> {
      code.add("");
      code.addAll(expression.lines().toList());
    });
    fence("java", code);
  }

  private static boolean stands(Transformation rule) {
    try {
      Formula.of(rule);
      return true;
    } catch (FormulaException _) {
      return false;
    }
  }

  private void state() {
    heading("## State: %d bytes a parameter".formatted(explained.stateBytes()));
    if (explained.states().isEmpty()) {
      line("None.");
      return;
    }
    row("name in a checkpoint", "symbol", "starts at", "one for each", "bytes");
    row("---", "---", "---", "---", "---:");
    for (Explanation.Remembered state : explained.states()) {
      row(
          "`" + state.key() + "`",
          state.symbol(),
          state.initial(),
          state.each(),
          Long.toString(state.bytes()));
    }
    if (explained.states().stream().anyMatch(state -> state.each().endsWith(" and term"))) {
      out.append('\n');
      line(
          "What there is for each term is counted for one term here: for n it takes n times that.");
    }
    if (explained.states().stream().anyMatch(state -> state.bytes() == 0)) {
      out.append('\n');
      line("What there is not for each element counts as 0 bytes a parameter.");
    }
  }

  private void memory() {
    int passes = explained.trips().size();
    heading(
        "## Memory: %d %s, %d bytes a parameter and step"
            .formatted(passes, passes == 1 ? "pass" : "passes", explained.trafficBytes()));
    if (passes == 0) {
      line("None.");
      return;
    }
    row("pass", "reads", "writes", "bytes");
    row("---", "---", "---", "---:");
    for (int i = 0; i < passes; i++) {
      Explanation.Trip trip = explained.trips().get(i);
      row(
          Integer.toString(i + 1),
          String.join(", ", trip.reads()),
          trip.writes().isEmpty() ? "nothing" : String.join(", ", trip.writes()),
          Integer.toString(trip.bytes()));
    }
    out.append('\n');
    line("Bytes are those of float32.");
    if (explained.takesSparse()) {
      out.append('\n');
      line("Takes [sparse gradients](../sparse.md): the cost is that of the rows that have one.");
    }
  }

  private void differences() {
    if (entry.differs().isEmpty()) {
      return;
    }
    heading("## Differs from PyTorch, Optax or the paper");
    for (int i = 0; i < entry.differs().size(); i++) {
      line((i + 1) + ". " + Markdown.escaped(entry.differs().get(i)));
    }
  }

  private void heading(String text) {
    out.append('\n');
    line(text);
    out.append('\n');
  }

  private void fence(String language, List<String> lines) {
    line("```" + language);
    lines.forEach(this::line);
    line("```");
  }

  private void row(String... cells) {
    line(Markdown.row(cells));
  }

  private void line(String text) {
    out.append(text).append('\n');
  }

  /** Ends in one full stop; what begins with a small letter gets a capital. */
  static String sentence(String text) {
    String whole = text.endsWith(".") ? text : text + ".";
    return Markdown.escaped(whole.substring(0, 1).toUpperCase(Locale.ROOT) + whole.substring(1));
  }
}
