package thalweg.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;
import thalweg.execute.Workers;
import thalweg.lab.Progress;

/** Options that every command has. */
final class Common {
  @Option(
      names = "--threads",
      paramLabel = "N",
      converter = Threads.class,
      description = "Threads to work with (default: one for each core).")
  private int threads = Math.min(Runtime.getRuntime().availableProcessors(), Workers.MOST_THREADS);

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
    return threads;
  }

  long seed() {
    return seed;
  }

  Progress.Look look() {
    return Progress.Look.detect(quiet);
  }

  /** As many as there may be. */
  private static final class Threads implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      try {
        int threads = Integer.parseInt(text);
        if (threads >= 1 && threads <= Workers.MOST_THREADS) {
          return threads;
        }
      } catch (NumberFormatException _) {
        // said below
      }
      throw new TypeConversionException(
          "must be a whole number from 1 to %d, got '%s'".formatted(Workers.MOST_THREADS, text));
    }
  }
}
