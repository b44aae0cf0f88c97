package thalweg.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import thalweg.lab.CommandText;
import thalweg.lab.Places;
import thalweg.lab.reproduce.Reproduction;
import thalweg.lab.reproduce.ReproductionJson;
import thalweg.lab.reproduce.ReproductionPage;
import thalweg.lab.reproduce.ReproductionRun;
import thalweg.lab.reproduce.ReproductionText;

@Command(
    name = "reproduce",
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "What the literature says of optimizers, measured here.",
      "",
      "Small experiments with seeds: each claim is measured on both of its sides with equal splits,"
          + " starts and batches, and holds, does not hold here, or stays undecided, by the 95 %%"
          + " interval over the seeds. Learning rates are chosen with equal effort on other seeds."
          + " Writes one page with all claims, numbers and curves.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  ./thalweg reproduce --list",
      "  ./thalweg reproduce --quick",
      "  ./thalweg reproduce sgdm-adam-cnn fine-tuning --seeds 20",
      "",
      "Exit codes: 0 done, whatever the verdicts; 2 bad input."
    })
final class ReproduceCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "NAME",
      arity = "0..*",
      description = "Experiments, as --list names them (default: all).")
  private List<String> names = List.of();

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description =
          "Runs to measure on either side of a claim (default: 10, with --quick 4); more decide"
              + " more.")
  private @Nullable Integer seeds;

  @Option(
      names = "--quick",
      description = "Half the epochs and fewer settings to choose from: to see it work.")
  private boolean quick;

  @Option(
      names = "--out",
      paramLabel = "FILE.html",
      defaultValue = "reproduce.html",
      description = "The page to write; it needs no internet to open (default: ${DEFAULT-VALUE}).")
  private Path page;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "The numbers too, format reproduce/1; - for here, instead of the text.")
  private @Nullable Path json;

  @Option(names = "--list", description = "Only say which experiments there are.")
  private boolean list;

  @Mixin private Common common;

  @Override
  public Integer call() {
    if (list) {
      PrintWriter out = spec.commandLine().getOut();
      out.print(ReproductionText.list());
      out.flush();
      return 0;
    }
    new Places().json(json).page(page);
    ReproductionRun run =
        new ReproductionRun(
            names,
            seeds == null ? ReproductionRun.usualSeeds(quick) : seeds,
            common.seed(),
            quick,
            common.threads());
    Reproduction result = run.run(common.look(), Version.text(), command());
    Output output = new Output(spec.commandLine().getOut(), json);
    output.results(ReproductionText.of(result), to -> to.write(ReproductionJson.compact(result)));
    ReproductionPage.write(page, result);
    output.say("\npage: " + page + "\n");
    return 0;
  }

  private String command() {
    return CommandText.of(spec.root().commandLine().getParseResult().originalArgs());
  }
}
