package thalweg.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import thalweg.lab.BadInput;
import thalweg.lab.Progress;
import thalweg.lab.SafeFile;
import thalweg.lab.surface.Surface;
import thalweg.lab.trace.Sweep;
import thalweg.lab.trace.SweepJson;
import thalweg.lab.trace.SweepRange;
import thalweg.lab.trace.Trace;
import thalweg.lab.trace.TraceJson;
import thalweg.lab.trace.TraceListener;
import thalweg.lab.trace.TraceRequest;
import thalweg.lab.trace.TraceRequests;
import thalweg.lab.trace.TraceText;
import thalweg.lab.trace.Tracer;
import thalweg.lab.trace.Tuning;

@Command(
    name = "trace",
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "The ways of optimizers over a surface, in double precision.",
      "",
      "Surfaces: rosenbrock, saddle, valley, beale, himmelblau, rastrigin, ackley,"
          + " styblinski_tang, booth, goldstein_price, quadratic, random; with arguments as in"
          + " rosenbrock(dimension=5), quadratic(condition=1000), random(seed=7). Or any formula"
          + " with --expression.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  ./thalweg trace rosenbrock",
      "  ./thalweg trace beale --optimizers 'sgd(lr=0.01);nag(lr=0.01);adam(lr=0.1)' --start 1,1.5"
          + " --out beale.html",
      "  ./thalweg trace --expression '(1-x)^2 + 100*(y-x^2)^2' --steps 1000 --tune",
      "  ./thalweg trace quadratic --noise 1 --optimizers"
          + " 'sgd(lr=0.01);saga(lr=0.01, terms=64);svrg(lr=0.01, inner=64)'",
      "  ./thalweg trace rosenbrock --optimizers 'sgd;adam' --sweep lr=1e-4..10",
      "",
      "Exit codes: 0 done, 2 bad input."
    })
final class TraceCommand implements Callable<Integer> {
  private static final Path STANDARD_OUTPUT = Path.of("-");

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "SURFACE",
      arity = "0..1",
      description = "A surface in text form; left out with --expression.")
  private @Nullable String surface;

  @Option(
      names = "--expression",
      paramLabel = "FORMULA",
      description = "A surface of your own, as '(1-x)^2 + 100*(y-x^2)^2'.")
  private @Nullable String expression;

  @Option(
      names = "--box",
      paramLabel = "LIST",
      description = "The part of it to look at, as -2,2 or -2,2,-1,3 (default: -2,2).")
  private @Nullable String box;

  @Option(
      names = "--optimizers",
      paramLabel = "SPECS",
      description = {
        "Optimizers in text form with ; between them (default: eight usual ones, with --tune)."
      })
  private @Nullable String optimizers;

  @Option(
      names = "--start",
      paramLabel = "X,Y",
      description = "Where all of them start (default: the surface's usual start).")
  private @Nullable String start;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "200",
      description = "Updates of each (default: ${DEFAULT-VALUE}).")
  private int steps;

  @Option(
      names = "--noise",
      paramLabel = "S",
      defaultValue = "0",
      description = {
        "Standard deviation of what is added to each component of each gradient: each update sees"
            + " one of 64 terms whose mean is the surface, all optimizers the same (default:"
            + " ${DEFAULT-VALUE})."
      })
  private double noise;

  @Option(
      names = "--tune",
      description = "Give each optimizer the best learning rate of as many as --budget says.")
  private boolean tune;

  @Option(names = "--budget", paramLabel = "N", description = "Trials of each with --tune (33).")
  private @Nullable Integer budget;

  @Option(
      names = "--sweep",
      paramLabel = "NAME=LO..HI[:N]",
      description = "The effect of a hyperparameter instead: each optimizer at N values (41).")
  private @Nullable String sweep;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Every step too, format trace/1, or sweep/1; - for here, instead of the table.")
  private @Nullable Path json;

  @Mixin private Common common;

  @Override
  public Integer call() {
    checkPlaces();
    Surface over = TraceRequests.surface(surface, expression, box);
    TraceRequest request =
        new TraceRequest(
            over,
            optimizers == null
                ? TraceRequests.STANDARD_OPTIMIZERS
                : TraceRequests.optimizers(optimizers),
            TraceRequests.start(start, over),
            steps,
            noise,
            common.seed());
    if (sweep == null) {
      trace(request);
    } else {
      sweep(request, SweepRange.parse(sweep));
    }
    return 0;
  }

  private void trace(TraceRequest request) {
    Trace trace;
    if (tune || optimizers == null) {
      int trials = budget == null ? Tuning.USUAL_BUDGET : budget;
      trace = tuned(request, trials);
    } else if (budget != null) {
      throw new BadInput("--budget is the number of trials of --tune; give both");
    } else {
      try (Progress progress = progress("trace", request, 1)) {
        trace = Tracer.trace(request, common.threads(), listener(progress));
      }
    }
    print(TraceText.of(trace), TraceJson.of(trace));
  }

  private Trace tuned(TraceRequest request, int trials) {
    List<Tuning> tunings;
    try (Progress progress = progress("tune", request, trials)) {
      tunings = Tuning.of(request, trials, common.threads(), listener(progress));
    }
    try (Progress progress = progress("trace", request, 1)) {
      return Tuning.trace(request, tunings, common.threads(), listener(progress));
    }
  }

  private void sweep(TraceRequest request, SweepRange range) {
    if (tune || budget != null) {
      throw new BadInput("--sweep tries every value, so there is nothing to --tune; give one of both");
    }
    Sweep swept;
    try (Progress progress = progress("sweep", request, range.values().size())) {
      swept = Sweep.of(request, range, common.threads(), listener(progress));
    }
    print(TraceText.of(swept), SweepJson.of(swept));
  }

  private void print(String text, String asJson) {
    PrintWriter out = spec.commandLine().getOut();
    boolean here = STANDARD_OUTPUT.equals(json);
    out.print(here ? asJson + "\n" : text);
    out.flush();
    if (json != null && !here) {
      SafeFile.write(json, asJson.getBytes(StandardCharsets.UTF_8));
    }
  }

  private Progress progress(String label, TraceRequest request, int walksOfEach) {
    return new Progress(
        label,
        (long) request.optimizers().size() * Math.max(0, request.steps()) * walksOfEach,
        common.look());
  }

  private static TraceListener listener(Progress progress) {
    return new TraceListener() {
      @Override
      public void advanced(String label, long updates) {
        progress.advance(updates, label);
      }
    };
  }

  /** Said before the work, not after it. */
  private void checkPlaces() {
    Map<String, Path> places = new HashMap<>();
    if (json != null && !STANDARD_OUTPUT.equals(json)) {
      places.put("--json", json);
    }
    List<Path> seen = new ArrayList<>();
    places.forEach((option, place) -> {
      SafeFile.check(place);
      seen.add(place.toAbsolutePath().normalize());
    });
  }

  private String command() {
    return CommandText.of(spec.root().commandLine().getParseResult().originalArgs());
  }
}
