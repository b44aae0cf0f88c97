package thalweg.lab.compare;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import thalweg.lab.Count;

/** The sentences and facts of a report, as plain text. */
final class ReportText {
  /** Inside a number, or between it and its unit. */
  private static final char NO_BREAK = '\u00a0';

  private ReportText() {}

  static String title(Comparison comparison) {
    Settings settings = comparison.settings();
    String regimes =
        settings.several() ? " in %d regimes".formatted(settings.regimes().size()) : "";
    return Count.of(optimizers(comparison), "optimizer")
        + regimes
        + " on "
        + comparison.data().name();
  }

  static String lead(Comparison comparison) {
    Settings settings = comparison.settings();
    String text =
        "%s (%s numbers to learn) was trained to predict ‘%s’: %s, %s, %s. %s"
            .formatted(
                network(settings),
                grouped(settings.parameters()),
                comparison.data().target(),
                Count.of(settings.epochs(), "epoch"),
                regimes(settings),
                Count.of(settings.seeds().size(), "seed"),
                settings.several()
                    ? "All had the same starts, and within a regime the same batches."
                    : "All optimizers had the same starts and the same batches.");
    if (settings.several()) {
      text +=
          " All saw every row equally often, so the regimes differ in updates: %s."
              .formatted(updates(settings));
    }
    if (!settings.grid().isEmpty()) {
      text +=
          " %s is the best of %d by validation loss."
              .formatted(
                  comparison.optimizers().stream().anyMatch(o -> o.tuning().isEmpty())
                      ? "A learning rate that was not given"
                      : settings.several()
                          ? "Each learning rate, chosen in each regime,"
                          : "Each learning rate",
                  settings.grid().size());
    }
    List<OptimizerResult> ranked = comparison.ranked();
    if (!ranked.isEmpty() && !Double.isNaN(ranked.getFirst().score().mean())) {
      OptimizerResult best = ranked.getFirst();
      text +=
          " Best at the end: %s with %s validation %s."
              .formatted(
                  best.id(),
                  Figures.score(best.score(), comparison.data().regression())
                      .replace(' ', NO_BREAK),
                  comparison.scoreName());
    }
    return text;
  }

  static String tableNote(Comparison comparison) {
    String seeds =
        comparison.settings().seeds().size() > 1
            ? "Values after the last epoch, mean over the seeds ± sample deviation; a run that"
                + " diverged is left out of them."
            : "Values after the last epoch, of one seed: a difference between two lines may be"
                + " chance.";
    return "Best score first. "
        + seeds
        + " ms/step is the optimizer's own step, without forward and backward. memory B/param is"
        + " what it holds for one learned number, working memory included; computed, what its"
        + " formula says."
        + ResultTable.notes(comparison).stream()
            .map(note -> " " + note + ".")
            .collect(Collectors.joining());
  }

  static String chartNote(Comparison comparison) {
    String band =
        comparison.settings().seeds().size() > 1
            ? "Line: mean over the seeds; band: from the smallest to the largest. "
            : "";
    String dashes =
        comparison.settings().several()
            ? "A colour and a marker are an optimizer, a dash is a regime. "
            : "";
    return band
        + dashes
        + "Validation is measured after each epoch. Per update, the train loss is that of the"
        + " batches as they are met, before their step, and a mean over the updates close by; it"
        + " has no band. A loss of 0 lies at the lower edge of a logarithmic axis. Runs that"
        + " diverged are left out, unless all of an optimizer's did: its line then ends in a cross."
        + " In the choice of the learning rate a ring marks the one chosen, a cross at the top one"
        + " that diverged. Click a name to hide or show it, double-click to see it alone.";
  }

  static Map<String, String> settings(Comparison comparison) {
    Settings settings = comparison.settings();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("network", settings.model());
    facts.put("parameters", grouped(settings.parameters()));
    facts.put("loss", settings.loss());
    for (Regime regime : settings.regimes()) {
      facts.put(
          settings.several() ? regime.batching() : "feed",
          "%s, %s an epoch".formatted(regime.words(), Count.of(regime.stepsPerEpoch(), "update")));
    }
    facts.put("epochs", String.valueOf(settings.epochs()));
    facts.put("seeds", joined(settings.seeds()));
    facts.put("split seed", String.valueOf(settings.splitSeed()));
    if (!settings.grid().isEmpty()) {
      facts.put(
          "rates tried",
          settings.grid().stream()
              .map(rate -> Figures.significant(rate, 3))
              .collect(Collectors.joining(", ")));
      facts.put(
          "tuning",
          "%s, seed %d"
              .formatted(Count.of(settings.tuningEpochs(), "epoch"), settings.tuningSeed()));
    }
    return facts;
  }

  static Map<String, String> data(DataFacts data) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("name", data.name());
    facts.put("task", data.task());
    facts.put("target", data.target());
    if (!data.classes().isEmpty()) {
      facts.put("classes", classes(data.classes()));
    }
    facts.put("rows", grouped(data.rows()));
    facts.put("features", grouped(data.columns()));
    facts.put("training", grouped(data.trainRows()) + " rows");
    facts.put("validation", grouped(data.validationRows()) + " rows");
    return facts;
  }

  private static String classes(List<String> classes) {
    int more = classes.size() - 12;
    return classes.stream().limit(12).collect(Collectors.joining(", "))
        + (more > 0 ? " and %d more".formatted(more) : "");
  }

  private static String network(Settings settings) {
    List<Integer> hidden = settings.hidden();
    if (hidden.isEmpty()) {
      return settings.model().equals("linear")
          ? "A linear model"
          : "The network " + settings.model();
    }
    return "A network with %s of %s"
        .formatted(
            hidden.size() == 1 ? "one hidden layer" : hidden.size() + " hidden layers",
            joined(hidden));
  }

  private static String regimes(Settings settings) {
    return settings.regimes().stream().map(Regime::words).collect(Collectors.joining(" / "));
  }

  /** Of a whole run, by regime; an epoch that is one update is said to be one. */
  private static String updates(Settings settings) {
    return settings.regimes().stream()
        .map(regime ->
            "%s %s%s"
                .formatted(
                    regime.batching(),
                    grouped((long) settings.epochs() * regime.stepsPerEpoch()),
                    regime.stepsPerEpoch() == 1 ? " (one an epoch)" : ""))
        .collect(Collectors.joining(", "));
  }

  private static long optimizers(Comparison comparison) {
    return comparison.optimizers().stream().map(OptimizerResult::optimizer).distinct().count();
  }

  private static String joined(List<?> values) {
    return values.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  private static String grouped(long value) {
    return String.format(Locale.ROOT, "%,d", value).replace(',', NO_BREAK);
  }
}
