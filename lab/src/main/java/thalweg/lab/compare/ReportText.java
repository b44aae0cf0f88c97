package thalweg.lab.compare;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The sentences and facts of a report, as plain text. */
final class ReportText {
  private ReportText() {}

  static String title(Comparison comparison) {
    return counted(comparison.optimizers().size(), "optimizer") + " on " + comparison.data().name();
  }

  static String lead(Comparison comparison) {
    Settings settings = comparison.settings();
    String text =
        "%s (%s numbers to learn) was trained to predict ‘%s’: %s, %s, %s. All optimizers had the same starts and the same batches."
            .formatted(
                network(settings.hidden()),
                grouped(settings.parameters()),
                comparison.data().target(),
                counted(settings.epochs(), "epoch"),
                regime(settings),
                counted(settings.seeds().size(), "seed"));
    if (!settings.grid().isEmpty()) {
      text +=
          " %s is the best of %d by validation loss."
              .formatted(
                  comparison.optimizers().stream().anyMatch(o -> o.tuning().isEmpty())
                      ? "A learning rate that was not given"
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
                  Figures.score(best.score(), comparison.data().regression()),
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
    return band
        + "Runs that diverged are left out, unless all of an optimizer's did: its line then ends in"
        + " a cross. In the choice of the learning rate a ring marks the one chosen, a cross at the"
        + " top one that diverged. Click a name to hide or show it, double-click to see it alone.";
  }

  static Map<String, String> settings(Comparison comparison) {
    Settings settings = comparison.settings();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("hidden layers", settings.hidden().isEmpty() ? "none" : joined(settings.hidden()));
    facts.put("parameters", grouped(settings.parameters()));
    facts.put("loss", settings.loss());
    facts.put("feed", regime(settings));
    facts.put("epochs", "%d of %d steps".formatted(settings.epochs(), settings.stepsPerEpoch()));
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
              .formatted(counted(settings.tuningEpochs(), "epoch"), settings.tuningSeed()));
    }
    return facts;
  }

  static Map<String, String> environment(Environment environment) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("date", environment.date());
    facts.put("system", environment.os());
    facts.put("processor", environment.cpu());
    facts.put("cores", String.valueOf(environment.cores()));
    facts.put("threads", String.valueOf(environment.threads()));
    facts.put("Java", environment.java());
    facts.put("Thalweg", environment.thalweg());
    facts.put("backend", environment.backend());
    facts.put("libtorch", environment.libtorch());
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

  private static String network(List<Integer> hidden) {
    return hidden.isEmpty()
        ? "A linear model"
        : "A network with %s of %s"
            .formatted(
                hidden.size() == 1 ? "one hidden layer" : hidden.size() + " hidden layers",
                joined(hidden));
  }

  private static String regime(Settings settings) {
    return switch (settings.regime()) {
      case "mini-batch" -> "batches of " + settings.batch();
      default -> settings.regime();
    };
  }

  private static String joined(List<?> values) {
    return values.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  private static String counted(long count, String thing) {
    return count + " " + thing + (count == 1 ? "" : "s");
  }

  private static String grouped(long value) {
    return String.format(Locale.ROOT, "%,d", value).replace(',', ' ');
  }
}
