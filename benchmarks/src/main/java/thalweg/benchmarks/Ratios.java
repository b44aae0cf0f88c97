package thalweg.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import thalweg.lab.bench.Turns;

/**
 * All contestants in {@link Turns} within one JVM. Prints GB/s (28 bytes a parameter) and how many
 * times longer than the generated kernel each one takes: the median over the rounds of the ratio
 * within a round.
 */
public final class Ratios {
  private static final int BYTES = 28;

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
    for (Contestant contestant : contestants) {
      steps.add(contestant.step(tensors, length));
    }
    double[][] nanos = Turns.warmedUp(steps).measure(rounds, () -> {});
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
              bytes / Turns.quantile(nanos[c], 0.5),
              bytes / Turns.quantile(nanos[c], 0.1),
              Turns.quantile(ratios, 0.5)));
    }
  }

  private static void print(String line) {
    System.out.println(line);
  }
}
