package thalweg.cli;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import thalweg.formula.FormulaException;
import thalweg.formula.ScheduleException;
import thalweg.lab.BadInput;
import thalweg.optimizer.SparseGradientException;
import thalweg.text.SpecException;
import thalweg.torch.LibtorchUnavailableException;
import thalweg.torch.NotEnoughMemoryException;
import thalweg.torch.UnfitException;

/** {@code thalweg}: trains, compares, explains and measures optimizers. */
@Command(
    name = "thalweg",
    description = "Optimizers for the JVM: compare, explain, prove and measure them.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      TrainCommand.class,
      CompareCommand.class,
      ListCommand.class,
      ExplainCommand.class,
      ReplayCommand.class,
      TraceCommand.class,
      ScheduleCommand.class,
      BenchCommand.class,
      MemoryCommand.class,
      ReproduceCommand.class,
      ServeCommand.class
    },
    footer = {
      "",
      "Start here:",
      "  ./thalweg compare digits        train one network with eight optimizers",
      "  ./thalweg explain adamw         formula, hyperparameters, state, passes, paper",
      "  ./thalweg COMMAND --help        more about one command",
      "",
      "Exit codes: 0 done, 1 the thing asked about is not so, 2 bad input."
    })
final class Main implements Runnable {
  private static final int BAD_INPUT = 2;
  private static final int OUR_BUG = 70;
  private static final int MOST_OF_A_BUG = 300;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  public static void main(String[] args) {
    System.exit(run(args));
  }

  /** Runs a command line on the standard streams; the exit code. */
  static int run(String... args) {
    return run(commandLine(), args);
  }

  /** Runs a command line whose output goes elsewhere; progress still goes to standard error. */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    return run(commandLine().setOut(out).setErr(err), args);
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setExpandAtFiles(false)
        .setUsageHelpAutoWidth(true)
        .setParameterExceptionHandler(Main::wrongUse)
        .setExecutionExceptionHandler(Main::failed);
  }

  static int run(CommandLine commandLine, String... args) {
    try {
      return commandLine.execute(args);
    } catch (OutOfMemoryError e) {
      commandLine
          .getErr()
          .println(
              "thalweg: not enough memory%s; ask for less, or give more, as in THALWEG_JAVA_OPTS='-Xmx4g -XX:MaxDirectMemorySize=8g' where the machine has it"
                  .formatted(e.getMessage() == null ? "" : " (" + oneLine(e) + ")"));
      return BAD_INPUT;
    }
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
                .formatted(wrong(e), command.getCommandSpec().qualifiedName()));
    return BAD_INPUT;
  }

  private static String wrong(CommandLine.ParameterException e) {
    if (!(e instanceof CommandLine.UnmatchedArgumentException unmatched)) {
      return oneLine(e)
          .replaceFirst("^Error: ", "")
          .replaceFirst("is not an int$", "is no whole number up to " + Integer.MAX_VALUE)
          .replaceFirst("is not a long$", "is no whole number up to " + Long.MAX_VALUE)
          .replaceFirst("is not a double$", "is no number")
          .replaceFirst("[.;]$", "");
    }
    String argument = unmatched.getUnmatched().getFirst();
    String kind =
        unmatched.isUnknownOption()
            ? "unknown option"
            : e.getCommandLine().getParent() == null ? "unknown command" : "one argument too many,";
    List<String> near = unmatched.getSuggestions();
    return "%s '%s'%s"
        .formatted(
            kind,
            argument,
            near.isEmpty() ? "" : ", did you mean '%s'?".formatted(near.getFirst()));
  }

  /**
   * One line for what the user can put right; anything else is ours. An IllegalArgumentException of
   * no closer kind is ours too: what comes from the user is checked where it is read.
   */
  private static int failed(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
    if (parsed.originalArgs().contains("--debug")) {
      e.printStackTrace(command.getErr());
    }
    boolean bad =
        e instanceof BadInput
            || e instanceof SpecException
            || e instanceof FormulaException
            || e instanceof ScheduleException
            || e instanceof SparseGradientException
            || e instanceof UnfitException
            || e instanceof NotEnoughMemoryException
            || e instanceof LibtorchUnavailableException;
    command
        .getErr()
        .println(
            bad
                ? "thalweg: " + oneLine(e)
                : "thalweg: this is a bug in Thalweg (%s: %s); run again with --debug and report it"
                    .formatted(e.getClass().getName(), cut(oneLine(e))));
    return bad ? BAD_INPUT : OUR_BUG;
  }

  private static String oneLine(Throwable e) {
    return String.valueOf(e.getMessage()).strip().replaceAll("\\R\\s*", " ");
  }

  /** libtorch's messages carry its whole stack. */
  private static String cut(String line) {
    return line.length() <= MOST_OF_A_BUG ? line : line.substring(0, MOST_OF_A_BUG) + "…";
  }
}
