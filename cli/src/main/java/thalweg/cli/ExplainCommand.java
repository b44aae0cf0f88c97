package thalweg.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import thalweg.lab.BadInput;
import thalweg.lab.catalogue.ScheduleView;
import thalweg.lab.memory.Measurement;
import thalweg.print.Explanation;
import thalweg.text.Specs;

@Command(
    name = "explain",
    sortOptions = false,
    abbreviateSynopsis = true,
    description =
        "One rule or schedule: formula, hyperparameters, state, passes over memory, paper.",
    footer = {
      "",
      "Examples:",
      "  ./thalweg explain adamw",
      "  ./thalweg explain 'clip_by_value(0.5)'",
      "  ./thalweg explain 'clip_by_global_norm(1.0) | sgd(lr=0.1, momentum=0.9)'",
      "  ./thalweg explain cosine_annealing",
      "  ./thalweg explain --latex adam"
    })
final class ExplainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "SPEC",
      description =
          "An optimizer, a transformation, a chain or a schedule in text form, as thalweg list"
              + " names them.")
  private String rule;

  @Option(names = "--latex", description = "The formula alone, as LaTeX.")
  private boolean latex;

  @Mixin private Common common;

  @Override
  public Integer call() {
    if (Specs.isSchedule(rule)) {
      if (latex) {
        throw new BadInput("a schedule has no LaTeX; leave --latex out");
      }
      spec.commandLine().getOut().println(ScheduleView.of(rule));
      return 0;
    }
    Explanation explanation = Explanation.parse(rule);
    PrintWriter out = spec.commandLine().getOut();
    if (latex) {
      out.println(explanation.latex());
    } else {
      out.print(explanation.toText());
      out.println("  " + Measurement.of(Explanation.rule(rule)).text() + "\n");
    }
    return 0;
  }
}
