package thalweg.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import thalweg.formula.FormulaException;
import thalweg.lab.BadInput;

/** {@code thalweg}: trains, compares, explains and measures optimizers. */
@Command(
    name = "thalweg",
    description = "Optimizers for the JVM: compare, explain, prove and measure them.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      CompareCommand.class,
      ListCommand.class,
      ExplainCommand.class,
      ReplayCommand.class,
      BenchCommand.class
    },
    footer = {
      "",
      "Start here:",
      "  thalweg compare digits          train one network with eight optimizers",
      "  thalweg explain adamw           formula, hyperparameters, state, passes, paper",
      "  thalweg COMMAND --help          more about one command",
      "",
      "Exit codes: 0 done, 1 the thing asked about is not so, 2 bad input."
    })
final class Main implements Runnable {
  private static final int BAD_INPUT = 2;
  private static final int OUR_BUG = 70;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  public static void main(String[] args) {
    System.exit(run(args));
  }

  /** Runs a command line; the exit code. */
  static int run(String... args) {
    return new CommandLine(new Main())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setParameterExceptionHandler(Main::wrongUse)
        .setExecutionExceptionHandler(Main::failed)
        .execute(args);
  }

  /** Without a command: the help. */
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  private static int wrongUse(CommandLine.ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    command
        .getErr()
        .println(
            "thalweg: %s; see %s --help"
                .formatted(
                    String.valueOf(e.getMessage()).replaceAll("\\R+", " "),
                    command.getCommandSpec().qualifiedName()));
    return BAD_INPUT;
  }

  private static int failed(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
    boolean debug = parsed.originalArgs().contains("--debug");
    if (debug) {
      e.printStackTrace(command.getErr());
    }
    boolean bad =
        e instanceof BadInput
            || e instanceof FormulaException
            || e instanceof IllegalArgumentException
            || e.getClass().getSimpleName().equals("LibtorchUnavailableException");
    String message = String.valueOf(e.getMessage()).replaceAll("\\R+", " ");
    command
        .getErr()
        .println(
            bad
                ? "thalweg: " + message
                : "thalweg: this is a bug in Thalweg (%s: %s); run again with --debug and report it"
                    .formatted(e.getClass().getName(), message));
    return bad ? BAD_INPUT : OUR_BUG;
  }
}
