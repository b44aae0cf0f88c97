package thalweg.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import thalweg.lab.BadInput;
import thalweg.lab.CommandText;
import thalweg.lab.Places;
import thalweg.lab.surface.Surface;
import thalweg.lab.trace.Gallery;
import thalweg.lab.trace.GalleryJson;
import thalweg.lab.trace.Sweep;
import thalweg.lab.trace.SweepJson;
import thalweg.lab.trace.SweepRange;
import thalweg.lab.trace.Trace;
import thalweg.lab.trace.TraceJson;
import thalweg.lab.trace.TraceRequest;
import thalweg.lab.trace.TraceRequests;
import thalweg.lab.trace.TraceRun;
import thalweg.lab.trace.TraceText;
import thalweg.lab.trace.Tuning;
import thalweg.lab.trace.page.TracePage;

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
      "  ./thalweg trace himmelblau --picture himmelblau.svg --view map,3d --animation walks.gif",
      "",
      "Exit codes: 0 done, 2 bad input."
    })
final class TraceCommand implements Callable<Integer> {
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
  private String noise;

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
      names = "--gallery",
      description =
          "The usual surfaces in place of one, with --tune, a sweep of the rate, schedules, and SGD"
              + " with momentum beside Adam trained on two networks (some ten seconds).")
  private boolean gallery;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description =
          "Every step too, format trace/1, sweep/1 or gallery/1; - for here, instead of the table.")
  private @Nullable Path json;

  @Option(
      names = "--out",
      paramLabel = "FILE.html",
      description =
          "A page: maps, the surface in three dimensions, played step by step, and curves.")
  private @Nullable Path page;

  @Mixin private PictureOptions pictures;
  @Mixin private Common common;

  @Override
  public Integer call() {
    pictures.check(new Places().json(json).page(page));
    if (budget != null && !tune && !gallery && (optimizers != null || sweep != null)) {
      throw new BadInput("--budget is the number of trials of --tune; give both");
    }
    if (pictures.any() && (gallery || sweep != null)) {
      throw new BadInput(
          "--picture and --animation show one trace; leave %s out"
              .formatted(gallery ? "--gallery" : "--sweep"));
    }
    if (gallery) {
      gallery();
      return 0;
    }
    Surface over = TraceRequests.surface(surface, expression, box);
    TraceRequest request =
        new TraceRequest(
            over, specs(), TraceRequests.start(start, over), steps, noise(), common.seed());
    if (sweep != null) {
      sweep(request, SweepRange.parse(sweep));
    } else {
      trace(request);
    }
    return 0;
  }

  private void trace(TraceRequest request) {
    Trace trace =
        tune || optimizers == null ? run().tuned(request, trials()) : run().trace(request);
    output().results(TraceText.of(trace), to -> TraceJson.write(trace, to));
    List<String> written = new ArrayList<>(page(with -> with.html(trace)));
    written.addAll(pictures.write(trace, common.look()));
    say(written);
  }

  private void sweep(TraceRequest request, SweepRange range) {
    if (tune) {
      throw new BadInput("--sweep tries every value, so there is nothing to --tune; leave one out");
    }
    Sweep swept = run().sweep(request, range);
    output().results(TraceText.of(swept), to -> SweepJson.write(swept, to));
    say(page(with -> with.html(swept)));
  }

  private void gallery() {
    if (surface != null || expression != null || start != null || sweep != null) {
      throw new BadInput(
          "--gallery has its own surfaces, starts and sweep; leave SURFACE, --expression, --start"
              + " and --sweep out");
    }
    Gallery all =
        run().gallery(specs(), steps, noise(), common.seed(), trials(), Version.text(), command());
    output().results(TraceText.of(all), to -> GalleryJson.write(all, to));
    say(page(with -> with.html(all)));
  }

  private List<String> page(Function<TracePage, String> html) {
    if (page == null) {
      return List.of();
    }
    TracePage.write(page, html.apply(new TracePage(Version.text(), command())));
    return List.of("page: " + page);
  }

  private void say(List<String> written) {
    written.forEach(
        line -> output().say((line.equals(written.getFirst()) ? "\n" : "") + line + "\n"));
  }

  private Output output() {
    return new Output(spec.commandLine().getOut(), json);
  }

  private double noise() {
    return TraceRequests.noise(noise);
  }

  /** The command line that repeats this, quoted for a shell. */
  private String command() {
    return CommandText.of(spec.root().commandLine().getParseResult().originalArgs());
  }

  private TraceRun run() {
    return new TraceRun(common.threads(), common.look());
  }

  private List<String> specs() {
    return optimizers == null
        ? TraceRequests.STANDARD_OPTIMIZERS
        : TraceRequests.optimizers(optimizers);
  }

  private int trials() {
    return budget == null ? Tuning.USUAL_BUDGET : budget;
  }
}
