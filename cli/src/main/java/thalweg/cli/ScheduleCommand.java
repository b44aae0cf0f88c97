package thalweg.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
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
import thalweg.lab.schedule.Curve;
import thalweg.lab.schedule.Curves;
import thalweg.lab.schedule.CurvesJson;
import thalweg.lab.schedule.CurvesPage;
import thalweg.lab.schedule.CurvesText;

@Command(
    name = "schedule",
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Schedules as numbers and as curves: what each update has.",
      "",
      "A SPEC is a schedule, or an optimizer with schedules for values. Without base= a schedule by"
          + " itself departs from 1. thalweg list names all of them, thalweg explain NAME tells of"
          + " one.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  ./thalweg schedule 'cosine_annealing(base=0.1, T_max=100)' --steps 100",
      "  ./thalweg schedule 'warmup(10).then(cosine_annealing(90))' 'step(30)' --steps 100",
      "  ./thalweg schedule 'warmup(50).times(step(2).per_epoch())' --steps 300"
          + " --steps-per-epoch 50",
      "  ./thalweg schedule 'adamw(lr=one_cycle(max_lr=0.1, total_steps=80))' --out cycle.html",
      "  ./thalweg schedule 'reduce_on_plateau(patience=1)' --steps 6 --metrics 3,2,2,2,2",
      "",
      "Exit codes: 0 done, 2 bad input: a schedule that ends before, a rate below 0."
    })
final class ScheduleCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "SPEC",
      arity = "1..*",
      description = "Schedules or scheduled optimizers in text form; all in one picture.")
  private List<String> specs = List.of();

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "How many updates (default: to the end of the longest, or 100).")
  private @Nullable Integer steps;

  @Option(
      names = "--steps-per-epoch",
      paramLabel = "N",
      description = "How many updates make an epoch, for schedules that count these.")
  private @Nullable Integer stepsPerEpoch;

  @Option(
      names = "--metrics",
      paramLabel = "LIST",
      description = {
        "Metrics for reduce_on_plateau, such as 1,0.9,0.9: one after each epoch, or after each"
            + " update without --steps-per-epoch."
      })
  private @Nullable String metrics;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Every value too, format schedules/1; - for here, instead of the curves.")
  private @Nullable Path json;

  @Option(
      names = "--out",
      paramLabel = "FILE.html",
      description = "A page with the curves too; it needs no internet to open.")
  private @Nullable Path page;

  @Mixin private Common common;

  @Override
  public Integer call() {
    new Places().json(json).page(page);
    List<Curve> curves = new ArrayList<>();
    for (String text : specs) {
      curves.addAll(Curve.of(text));
    }
    if (stepsPerEpoch != null && stepsPerEpoch < 1) {
      throw new BadInput("--steps-per-epoch must be at least 1, got " + stepsPerEpoch);
    }
    int perEpoch = stepsPerEpoch == null ? 0 : stepsPerEpoch;
    double[] reported = Curves.metrics(metrics);
    Curves followed =
        Curves.of(
            curves,
            steps == null ? Curves.usualSteps(curves, perEpoch) : steps,
            perEpoch,
            reported);
    Output output = new Output(spec.commandLine().getOut(), json);
    output.results(CurvesText.of(followed), to -> to.write(CurvesJson.of(followed)));
    if (!followed.note(reported.length).isEmpty()) {
      spec.commandLine().getErr().println("thalweg: " + followed.note(reported.length));
    }
    if (page != null) {
      CurvesPage.write(page, followed, Version.text(), command());
      output.say("\npage: " + page + "\n");
    }
    return 0;
  }

  private String command() {
    return CommandText.of(spec.root().commandLine().getParseResult().originalArgs());
  }
}
