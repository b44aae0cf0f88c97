package thalweg.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * All contestants in turn within one JVM, so that what the machine does meanwhile falls on all of
 * them alike. Prints GB/s (28 bytes a parameter) and how many times longer than the generated
 * kernel each one takes: the median over the rounds of the ratio within a round.
 */
public final class Ratios {
  private static final int BYTES = 28;
  private static final double TURN_NANOS = 20e6;
  private static final double WARM_UP_NANOS = 500e6;

  private Ratios() {}

  /** Arguments: the number of rounds (default 31), then sizes such as 1x65536. */
  public static void main(String[] args) {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 31;
    List<String> sizes =
        args.length > 1
            ? Arrays.asList(args).subList(1, args.length)
            : List.of("1x65536", "1x1048576", "1x16777216", "200x2048");
    print("| elements | contestant | GB/s, median | GB/s, fastest tenth | time / generated |");
    print("|---|---|---|---|---|");
    for (String size : sizes) {
      String[] parts = size.split("x", 2);
      int tensors = Integer.parseInt(parts[0]);
      long length = Long.parseLong(parts[1]);
      measure(size, tensors, length, rounds);
    }
  }

  private static void measure(String size, int tensors, long length, int rounds) {
    Contestant[] contestants = Contestant.values();
    List<Runnable> steps = new ArrayList<>();
    int[] repeats = new int[contestants.length];
    for (int c = 0; c < contestants.length; c++) {
      steps.add(contestants[c].step(tensors, length));
      repeats[c] = warmUp(steps.get(c));
    }
    double[][] nanos = new double[contestants.length][rounds];
    for (int round = 0; round < rounds; round++) {
      for (int turn = 0; turn < contestants.length; turn++) {
        int c = (turn + round) % contestants.length;
        nanos[c][round] = time(steps.get(c), repeats[c]);
      }
    }
    double bytes = (double) BYTES * tensors * length;
    for (int c = 0; c < contestants.length; c++) {
      double[] ratios = new double[rounds];
      for (int round = 0; round < rounds; round++) {
        ratios[round] = nanos[c][round] / nanos[0][round];
      }
      print(
          String.format(
              Locale.ROOT,
              "| %s | %s | %.1f | %.1f | %.2f |",
              size,
              contestants[c].title,
              bytes / quantile(nanos[c], 0.5),
              bytes / quantile(nanos[c], 0.1),
              quantile(ratios, 0.5)));
    }
  }

  private static int warmUp(Runnable step) {
    double spent = 0;
    int repeats = 1;
    double last = 1;
    while (spent < WARM_UP_NANOS) {
      last = time(step, repeats);
      spent += last * repeats;
      repeats = (int) Math.clamp(TURN_NANOS / last, 1, 100_000);
    }
    return repeats;
  }

  private static double time(Runnable step, int repeats) {
    long start = System.nanoTime();
    for (int i = 0; i < repeats; i++) {
      step.run();
    }
    return (double) (System.nanoTime() - start) / repeats;
  }

  private static double quantile(double[] values, double q) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) (q * (sorted.length - 1))];
  }

  private static void print(String line) {
    System.out.println(line);
  }
}
