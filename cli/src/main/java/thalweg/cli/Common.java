package thalweg.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import thalweg.execute.Workers;
import thalweg.lab.Progress;

/** Options that every command has. */
final class Common {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  private int threads =
      Math.min(Runtime.getRuntime().availableProcessors(), Workers.MOST_THREADS);

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of everything random (default: ${DEFAULT-VALUE}).",
      defaultValue = "1")
  private long seed;

  @Option(names = "--quiet", description = "No progress, only results.")
  private boolean quiet;

  @Option(names = "--debug", description = "Show stack traces of errors.")
  private boolean debug;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads to work with (default: one for each core).")
  private void threads(int given) {
    if (given < 1 || given > Workers.MOST_THREADS) {
      throw new ParameterException(
          command.commandLine(),
          "--threads must be from 1 to %d, got %d; more than there are cores make nothing faster"
              .formatted(Workers.MOST_THREADS, given));
    }
    threads = given;
  }

  int threads() {
    return threads;
  }

  long seed() {
    return seed;
  }

  Progress.Look look() {
    return Progress.Look.detect(quiet);
  }
}
