package thalweg.print;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import thalweg.formula.Assignment;
import thalweg.formula.Chain;
import thalweg.formula.Described;
import thalweg.formula.Extent;
import thalweg.formula.Formula;
import thalweg.formula.FormulaException;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Hyperparameters.Component;
import thalweg.formula.Scalar;
import thalweg.formula.Scheduled;
import thalweg.formula.Scope;
import thalweg.formula.State;
import thalweg.formula.Transformation;
import thalweg.memory.NumberType;
import thalweg.plan.Pass;
import thalweg.plan.Plan;
import thalweg.plan.Sparsity;
import thalweg.text.Catalogue;
import thalweg.text.CatalogueEntry;
import thalweg.text.NumberText;
import thalweg.text.SpecException;
import thalweg.text.Specs;

/**
 * Everything there is to know about one rule or chain, all of it read off the rule: for {@code
 * explain}, the documentation and reports. Bytes are for float32.
 *
 * @param spec the text form
 * @param links what it consists of, in order; one for a rule alone
 * @param formula the printed lines
 * @param latex the same in LaTeX
 * @param legend how to read the lines
 * @param gradients what a step has to be given, and how many gradients it takes; empty where it is
 *     the one gradient computed before
 * @param states what is remembered for every parameter element
 * @param stateBytes bytes of state a parameter element
 * @param trips the passes over memory of one step
 * @param trafficBytes bytes read and written a parameter element and step
 * @param takesSparse whether a gradient may name only some rows
 */
public record Explanation(
    String spec,
    List<Link> links,
    List<String> formula,
    String latex,
    List<String> legend,
    String gradients,
    List<Remembered> states,
    long stateBytes,
    List<Trip> trips,
    int trafficBytes,
    boolean takesSparse) {
  private static final int FLOAT32_BYTES = Float.BYTES;

  /**
   * One link of a chain.
   *
   * @param name what its states and hyperparameters are filed under, such as {@code adam2}
   * @param summary one sentence, empty if its record does not say
   * @param paper the source, empty if its record does not say
   * @param differs dialect notes
   */
  public record Link(
      String name,
      String summary,
      String paper,
      List<String> differs,
      List<Argument> hyperparameters) {
    public Link {
      differs = List.copyOf(differs);
      hyperparameters = List.copyOf(hyperparameters);
    }
  }

  /**
   * One hyperparameter.
   *
   * @param symbol its letter in the formula; empty if it does not stand in it
   * @param value here
   * @param standard the default; empty if there is none
   * @param range the interval or the words it takes
   */
  public record Argument(String name, String symbol, String value, String standard, String range) {}

  /**
   * One state.
   *
   * @param key {@code rule/name}, where it stands in a checkpoint
   * @param initial its value before the first update
   * @param each for what there is one number: {@code element}, {@code row}, {@code tensor}, …;
   *     {@code element and term} where it is remembered for each term of a finite sum
   * @param bytes of it for each element of the parameter; 0 for what there is less of
   */
  public record Remembered(String key, String symbol, String initial, String each, long bytes) {}

  /** One pass over memory: which of θ, g and the states it reads and writes. */
  public record Trip(List<String> reads, List<String> writes, int bytes) {
    public Trip {
      reads = List.copyOf(reads);
      writes = List.copyOf(writes);
    }
  }

  public Explanation {
    links = List.copyOf(links);
    formula = List.copyOf(formula);
    legend = List.copyOf(legend);
    states = List.copyOf(states);
    trips = List.copyOf(trips);
  }

  /**
   * Explains a rule, a chain or a single transformation. What moves no parameter by itself is shown
   * with a descent behind it.
   *
   * @throws FormulaException if the chain makes no sense
   */
  public static Explanation of(Transformation rule) {
    List<String> remarks = new ArrayList<>();
    Formula formula = Formula.of(moving(rule, remarks));
    FormulaPrinter printer = FormulaPrinter.of(formula);
    List<String> legend = new ArrayList<>(printer.legend());
    legend.addAll(remarks);
    List<Remembered> states =
        Stream.concat(
                formula.states().stream()
                    .map(state -> remembered(state, word(state.extent()), state.terms(), printer)),
                formula.numbers().stream()
                    .map(number ->
                        remembered(
                            number,
                            number.scope() == Scope.TENSOR ? "tensor" : "group",
                            0,
                            printer)))
            .toList();
    Plan plan = Plan.of(formula);
    List<Trip> trips = plan.passes().stream().map(trip -> trip(trip, formula, printer)).toList();
    return new Explanation(
        Specs.print(rule),
        links(rule, formula, printer),
        printer.text(),
        printer.latex(),
        legend,
        gradients(formula),
        states,
        states.stream().mapToLong(Remembered::bytes).sum(),
        trips,
        trips.stream().mapToInt(Trip::bytes).sum(),
        Sparsity.refusal(plan).isEmpty());
  }

  /**
   * Explains what a text form says. A name alone is explained by an example where it needs values.
   *
   * @throws SpecException if it does not say anything
   * @throws FormulaException if it says a chain that makes no sense; the message names the text
   */
  public static Explanation parse(String spec) {
    Optional<CatalogueEntry> lone = example(spec);
    Transformation rule = lone.isPresent() ? lone.get().plain() : Specs.parse(spec);
    try {
      Explanation explained = of(rule);
      return lone.isPresent() ? explained.example(lone.get().mustBeGiven()) : explained;
    } catch (FormulaException e) {
      throw new FormulaException("'%s': %s".formatted(spec, e.getMessage()));
    }
  }

  /** The rule that {@link #parse} explains, so that it moves a parameter. */
  public static Transformation rule(String spec) {
    Optional<CatalogueEntry> lone = example(spec);
    return moving(lone.isPresent() ? lone.get().plain() : Specs.parse(spec));
  }

  /** A name alone is a question, also where it needs values. */
  private static Optional<CatalogueEntry> example(String spec) {
    return Catalogue.find(spec.strip()).filter(entry -> !entry.mustBeGiven().isEmpty());
  }

  /** What is remembered for fewer than the elements: {@code , 4 a row and 4 a column}. */
  public String fewerBytes() {
    String fewer =
        states.stream()
            .map(Remembered::each)
            .filter(each -> List.of("row", "column", "matrix", "slice", "unit").contains(each))
            .map(each -> FLOAT32_BYTES + " a " + each)
            .collect(Collectors.joining(" and "));
    return fewer.isEmpty() ? "" : ", " + fewer + " (an element of a vector is a column)";
  }

  /** The same, saying which values were not given. */
  private Explanation example(List<String> missing) {
    List<String> more = new ArrayList<>(legend);
    more.add("%s must be given; this is an example.".formatted(String.join(" and ", missing)));
    return new Explanation(
        spec,
        links,
        formula,
        latex,
        more,
        gradients,
        states,
        stateBytes,
        trips,
        trafficBytes,
        takesSparse);
  }

  private static String gradients(Formula formula) {
    List<Assignment> evaluations = formula.evaluations();
    if (formula.needsTerms()) {
      long single =
          1
              + evaluations.stream()
                  .filter(line -> line.target() == Assignment.Target.GRADIENT)
                  .count();
      String all =
          evaluations.stream()
              .filter(line -> line.target() == Assignment.Target.FULL_GRADIENT)
              .map(line ->
                  line.open() instanceof Scalar.Ref(Assignment when)
                      ? ", and that of all terms when " + when.symbol()
                      : ", and that of all terms")
              .collect(Collectors.joining());
      return "Needs the terms of the loss: optimizer.step(sum, term). Gradients a step: %d%s."
          .formatted(single, all);
    }
    return evaluations.isEmpty()
        ? ""
        : "Needs a closure: optimizer.step(closure). Gradients a step: 1, at another point.";
  }

  private static Remembered remembered(
      thalweg.formula.Remembered state, String each, int terms, FormulaPrinter printer) {
    return new Remembered(
        state.key(),
        printer.symbol(state),
        NumberText.of(state.initial()),
        terms == 0 ? each : each + " and term",
        each.equals("element") ? NumberType.FLOAT32.bytesFor(Math.max(1, terms)) : 0);
  }

  private static String word(Extent extent) {
    return extent.name().toLowerCase(Locale.ROOT);
  }

  /**
   * What is explained of a rule, a chain or a single transformation: itself, or with a descent
   * behind it or in front of it where it moves no parameter by itself.
   *
   * @throws FormulaException if the chain makes no sense
   */
  public static Transformation moving(Transformation rule) {
    return moving(rule, new ArrayList<>());
  }

  private static Transformation moving(Transformation rule, List<String> remarks) {
    Optional<FormulaException> alone = refusal(rule);
    if (alone.isEmpty()) {
      return rule;
    }
    Transformation descent = Specs.parse("descend(1)");
    Transformation behind = Chain.of(rule, descent);
    if (refusal(behind).isEmpty()) {
      remarks.add("By itself it moves nothing; a descent is shown behind it.");
      return behind;
    }
    Transformation inFront = Chain.of(descent, rule);
    if (refusal(inFront).isEmpty()) {
      remarks.add("It stands behind an optimizer; a descent is shown in front of it.");
      return inFront;
    }
    throw alone.get();
  }

  private static Optional<FormulaException> refusal(Transformation rule) {
    try {
      Formula.of(rule);
      return Optional.empty();
    } catch (FormulaException e) {
      return Optional.of(e);
    }
  }

  private static List<Link> links(Transformation rule, Formula formula, FormulaPrinter printer) {
    List<Transformation> parts =
        rule instanceof Chain(List<Transformation> inner) ? inner : List.of(rule);
    Map<String, Integer> counts = new HashMap<>();
    List<Link> links = new ArrayList<>();
    for (Transformation part : parts) {
      int count = counts.merge(part.name(), 1, Integer::sum);
      String scope = count == 1 ? part.name() : part.name() + count;
      @Nullable Described said = Scheduled.plain(part).getClass().getAnnotation(Described.class);
      links.add(
          new Link(
              scope,
              said == null ? "" : said.value(),
              said == null ? "" : said.paper(),
              said == null ? List.of() : List.of(said.differs()),
              Hyperparameters.of(part).list().stream()
                  .map(component -> argument(component, part, scope, formula, printer))
                  .toList()));
    }
    return links;
  }

  private static Argument argument(
      Component component,
      Transformation part,
      String scope,
      Formula formula,
      FormulaPrinter printer) {
    String symbol =
        formula.hypers().stream()
            .filter(hyper -> hyper.scope().equals(scope))
            .filter(hyper -> hyper.name().equals(component.name()))
            .map(printer::symbol)
            .findFirst()
            .orElse("");
    return new Argument(
        component.name(),
        symbol,
        NumberText.of(Hyperparameters.get(part, component.name())),
        component.standard().isEmpty()
            ? ""
            : NumberText.of(component.parse(part.name(), component.standard())),
        range(component));
  }

  private static String range(Component component) {
    if (component.type() == boolean.class) {
      return "true, false";
    }
    if (component.type().isEnum()) {
      return Arrays.stream(component.type().getEnumConstants())
          .map(choice -> choice.toString().toLowerCase(Locale.ROOT))
          .collect(Collectors.joining(", "));
    }
    return component.range().isEmpty() ? "(-inf, inf)" : component.range();
  }

  private static Trip trip(Plan.Trip trip, Formula formula, FormulaPrinter printer) {
    Pass pass = trip.pass();
    List<Plan.Source> sources = new ArrayList<>();
    sources.add(new Plan.Source.Gradient());
    sources.add(new Plan.Source.Values());
    for (int i = 0; i < formula.evaluations().size(); i++) {
      sources.add(new Plan.Source.Evaluated(i));
    }
    for (int i = 0; i < formula.states().size(); i++) {
      sources.add(new Plan.Source.Remembered(i));
    }
    List<String> reads = new ArrayList<>();
    List<String> writes = new ArrayList<>();
    for (Plan.Source source : sources) {
      int buffer = trip.buffers().indexOf(source);
      if (buffer >= 0 && pass.reads(buffer)) {
        reads.add(name(source, formula, printer));
      }
      if (buffer >= 0 && pass.writes(buffer)) {
        writes.add(name(source, formula, printer));
      }
    }
    return new Trip(reads, writes, pass.traffic() * FLOAT32_BYTES);
  }

  static String name(Plan.Source source, Formula formula, FormulaPrinter printer) {
    return switch (source) {
      case Plan.Source.Values _ -> "θ";
      case Plan.Source.Gradient _ -> "g";
      case Plan.Source.Drawn _ -> "ξ";
      case Plan.Source.Evaluated(int index) -> formula.evaluations().get(index).symbol();
      case Plan.Source.Remembered(int index) -> {
        State state = formula.states().get(index);
        yield printer.symbol(state);
      }
      case Plan.Source.Scratch(int index) -> "scratch " + index;
    };
  }

  /** The whole explanation for a terminal, ending in a line break. */
  public String toText() {
    return new ExplanationText(this).write();
  }
}
