package thalweg.cli;

import picocli.CommandLine.Option;
import thalweg.lab.BadInput;
import thalweg.lab.Progress;

/** Options that every command has. */
final class Common {
  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads to work with (default: one for each core).")
  private int threads = Runtime.getRuntime().availableProcessors();

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

  int threads() {
    if (threads < 1) {
      throw new BadInput("--threads must be at least 1, got " + threads);
    }
    return threads;
  }

  long seed() {
    return seed;
  }

  Progress.Look look() {
    return Progress.Look.detect(quiet);
  }
}
