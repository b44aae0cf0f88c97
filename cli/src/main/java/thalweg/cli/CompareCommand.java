package thalweg.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import thalweg.lab.BadInput;
import thalweg.lab.CommandText;
import thalweg.lab.Places;
import thalweg.lab.compare.Comparison;
import thalweg.lab.compare.ComparisonJson;
import thalweg.lab.compare.ComparisonListener;
import thalweg.lab.compare.ComparisonLog;
import thalweg.lab.compare.ComparisonRun;
import thalweg.lab.compare.Report;
import thalweg.lab.compare.ResultTable;
import thalweg.lab.train.DataChoice;
import thalweg.lab.train.TrainOption;
import thalweg.lab.train.TrainOption.Topic;
import thalweg.lab.train.TrainSettings;
import thalweg.torch.Batching;

@Command(
    name = "compare",
    modelTransformer = RunOptions.Data.class,
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Trains one network with several optimizers under equal conditions.",
      "",
      "All get the same split of the rows, the same starting weights and the same batches in the"
          + " same order. A learning rate that is not given is chosen on a grid, by validation loss"
          + " on one seed; then each optimizer is trained on further seeds, and those runs are"
          + " reported: as a table, and as a page with curves, formulas and settings.",
      ""
    },
    footer = {
      "",
      "Data sets:",
      "  digits         1797 handwritten digits of 8x8 pixels, 10 classes",
      "  breast_cancer  569 tumours, 30 measurements, malignant or benign",
      "  diabetes       442 patients, 10 measurements; a regression",
      "  iris           150 flowers, 4 measurements, 3 species",
      "  digits:rows    the digits as sequences of 8 rows, for --model lstm",
      "  mnist, fashion_mnist, cifar10, idx   pictures from --data-dir",
      "  csv, libsvm, text   a file of yours: --csv, --libsvm, --text",
      "",
      "Examples:",
      "  ./thalweg compare digits",
      "  ./thalweg compare digits --optimizers 'sgd(momentum=0.9); adamw(lr=3e-3)'",
      "  ./thalweg compare iris --batch full --hidden none --epochs 100",
      "  ./thalweg compare digits --regime full,mini:32,one --optimizers 'sgd; adam'",
      "  ./thalweg compare breast_cancer --loss perceptron --hidden none --batch one --optimizers"
          + " 'sgd(lr=1)'",
      "  ./thalweg compare digits --model 'cnn(channels=[8, 16])' --optimizers 'sgd; adam'",
      "  ./thalweg compare --csv houses.csv --target price --out houses.html",
      "  ./thalweg compare --libsvm rows.svm --optimizers 'sgd; adagrad; adam'",
      "  ./thalweg compare --text book.txt --epochs 2 --seeds 1 --optimizers 'sgd(lr=1);"
          + " adam(lr=3e-3)'",
      "  ./thalweg compare digits --run runs/digits",
      "  ./thalweg compare --resume runs/digits",
      "",
      "Exit codes: 0 done, 2 bad input, 130 stopped by Ctrl-C, or from the page of thalweg serve."
    })
final class CompareCommand implements Callable<Integer> {
  private static final int STOPPED = 130;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "DATA",
      arity = "0..1",
      description = "A built-in data set (default: digits).")
  private @Nullable String name;

  @Option(
      names = "--optimizers",
      paramLabel = "\"SPEC;SPEC\"",
      description =
          "Optimizers or chains in text form, as thalweg list names them; one with lr=... keeps"
              + " that rate (default: eight, from sgd to adamw).")
  private @Nullable String optimizers;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "20",
      description = "How often the network sees every training row (default: ${DEFAULT-VALUE}).")
  private int epochs;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "3",
      description =
          "Runs to report for each optimizer; more show better what is chance (default:"
              + " ${DEFAULT-VALUE}).")
  private int seeds;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Rows in a step: a number, full (all of them) or one (default: 32).")
  private @Nullable String batch;

  @Option(
      names = "--regime",
      paramLabel = "R,R",
      description =
          "Compares regimes too: every optimizer with each of these numbers of rows in a step, as"
              + " in full,mini:32,one, for equally many epochs; a learning rate is chosen in each.")
  private @Nullable String regime;

  @Option(
      names = "--hidden",
      paramLabel = "N,N",
      description =
          "Widths of the hidden layers, as in 128,64; none is a linear model (default: 64; of"
              + " sparse rows an embedding, of text an lstm).")
  private @Nullable String hidden;

  @Option(
      names = "--model",
      paramLabel = "SPEC",
      description =
          "Another network instead: cnn, lstm, gru, transformer, mlp, linear, with arguments as in"
              + " cnn(channels=[16, 32]).")
  private @Nullable String model;

  @Option(
      names = "--loss",
      paramLabel = "SPEC",
      description =
          "What training lowers: cross_entropy, binary_cross_entropy, perceptron, mse, mae or"
              + " huber(delta=1) (default: what fits the target).")
  private @Nullable String loss;

  @Option(
      names = "--out",
      paramLabel = "FILE.html",
      defaultValue = "report.html",
      description = "The page to write; it needs no internet to open (default: ${DEFAULT-VALUE}).")
  private Path report;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "The numbers too, format comparison/1; - for here, instead of the table.")
  private @Nullable Path json;

  @Option(
      names = "--run",
      paramLabel = "DIR",
      description =
          "A new folder to write each epoch into as it comes, such as runs/mine, for thalweg serve"
              + " to show.")
  private @Nullable Path run;

  @Option(
      names = "--resume",
      paramLabel = "DIR",
      description =
          "Go on with the comparison that --run wrote into a folder: finished runs are taken from"
              + " there. --out and --json may be other files.")
  private @Nullable Path resume;

  @Mixin private Common common;

  @Override
  public Integer call() {
    if (resume == null) {
      new Places().json(json).page(report);
      return run == null
          ? compared(ComparisonListener.NONE, command(), asked(common.threads()))
          : logged(run, ComparisonLog.begin(run, options()), this);
    }
    CompareOptions.requireNone(spec, resume);
    ComparisonLog log = ComparisonLog.goingOn(resume);
    CompareCommand before = CompareOptions.again(log.options(), resume);
    ParseResult given = spec.commandLine().getParseResult();
    report = given.hasMatchedOption("--out") ? report : before.report;
    json = given.hasMatchedOption("--json") ? json : before.json;
    new Places().json(json).page(report);
    return logged(resume, log, before);
  }

  /** Runs what another command of this kind asks for, with the places of this one. */
  private int logged(Path folder, ComparisonLog log, CompareCommand asked) {
    try (log) {
      return compared(log, asked.command(), asked.asked(common.threads()));
    } catch (CancellationException _) {
      spec.commandLine()
          .getErr()
          .println(
              "thalweg: stopped; finished runs are kept, go on with ./thalweg compare --resume "
                  + CommandText.quoted(folder));
      return STOPPED;
    }
  }

  private int compared(ComparisonListener listener, String command, ComparisonRun asked) {
    Comparison result = asked.run(common.look(), listener, Version.text(), command);
    Output output = new Output(spec.commandLine().getOut(), json);
    output.results(
        ResultTable.text(result), to -> to.write(ComparisonJson.text(result).stripTrailing()));
    Report.write(report, result);
    output.say("\nreport: " + report + "\n");
    return 0;
  }

  private ComparisonRun asked(int threads) {
    return new ComparisonRun(
        DataChoice.of(data()),
        optimizers == null ? ComparisonRun.STANDARD_OPTIMIZERS : specs(optimizers),
        model(),
        loss,
        regimes(),
        epochs,
        seeds,
        common.seed(),
        ComparisonRun.STANDARD_GRID,
        threads);
  }

  private Map<String, String> options() {
    Map<String, Path> places = new LinkedHashMap<>(Map.of("out", report));
    if (json != null && !json.equals(JsonPlace.STANDARD_OUTPUT)) {
      places.put("json", json);
    }
    return CompareOptions.of(spec, data(), places);
  }

  /** Also the seed. */
  private TrainSettings data() {
    TrainSettings given = RunOptions.given(spec, List.of(Topic.DATA, Topic.COMMON));
    if (name == null) {
      return given;
    }
    if (given.has(TrainOption.DATA)) {
      throw new BadInput(
          "%s and --data %s both name data; give one of them"
              .formatted(name, given.text(TrainOption.DATA)));
    }
    return given.with(TrainOption.DATA, name);
  }

  private static List<String> specs(String text) {
    return Arrays.stream(text.split(";")).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }

  private @Nullable String model() {
    if (model == null) {
      return hidden == null ? null : model(hidden);
    }
    if (hidden != null) {
      throw new BadInput(
          "give either --model '%s' or --hidden %s, not both".formatted(model, hidden));
    }
    return model;
  }

  private static String model(String widths) {
    if (widths.strip().equals("none")) {
      return "linear";
    }
    try {
      List<Integer> sizes =
          Arrays.stream(widths.split(",", -1)).map(String::strip).map(Integer::parseInt).toList();
      for (int size : sizes) {
        if (size < 1) {
          throw new BadInput("the width of a hidden layer must be at least 1, got " + size);
        }
      }
      return "mlp(hidden=%s)".formatted(sizes);
    } catch (NumberFormatException e) {
      throw new BadInput(
          "--hidden must be widths such as 64 or 128,64, or none, got '%s'".formatted(widths), e);
    }
  }

  private List<Batching> regimes() {
    if (regime == null) {
      return List.of(
          batching(
              "--batch must be a number of rows from 1 on, full or one",
              batch == null ? "32" : batch));
    }
    if (batch != null) {
      throw new BadInput(
          "give either --batch %s or --regime %s, not both".formatted(batch, regime));
    }
    return Arrays.stream(regime.split(",", -1))
        .map(String::strip)
        .map(one -> batching("--regime must be full, one or mini:N, as in full,mini:32,one", one))
        .toList();
  }

  private static Batching batching(String what, String text) {
    try {
      return Batching.parse(text);
    } catch (IllegalArgumentException e) {
      throw new BadInput("%s, got '%s'".formatted(what, text), e);
    }
  }

  /** The command line that repeats this, quoted for a shell. */
  private String command() {
    return CommandText.of(spec.root().commandLine().getParseResult().originalArgs());
  }
}
