package thalweg.lab.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;
import thalweg.formula.Formula;
import thalweg.formula.Transformation;
import thalweg.lab.BadInput;
import thalweg.plan.Plan;
import thalweg.text.Specs;

/**
 * Times a step of this library, of libtorch and of the machine itself, in turn within one run: what
 * the machine does meanwhile falls on all of them alike, so the ratios hold where times do not.
 *
 * @param rounds how often each contestant has its turn
 */
public record Bench(Transformation rule, List<BenchSize> sizes, int threads, int rounds) {
  /** This library, two optimizers of libtorch, the limit: each holds all arrays. */
  private static final int MOST_CONTESTANTS = 4;

  private static final double TURN_NANOS = 30e6;
  private static final double WARM_UP_NANOS = 400e6;

  /** Turns there are in all, for showing progress. */
  public long turns() {
    return (long) sizes.size() * (rounds + 1);
  }

  /**
   * Says so when a size needs more memory than there is, before it is taken.
   *
   * @param available bytes
   * @throws BadInput naming the size
   */
  public void check(long available) {
    int arrays = 2 + Formula.of(rule).states().size();
    for (BenchSize size : sizes) {
      double needed = (double) size.elements() * arrays * Float.BYTES * MOST_CONTESTANTS;
      if (needed > available) {
        throw new BadInput(
            "size %s needs about %.1f GB of memory, this machine has %.1f; ask for less"
                .formatted(size.text(), needed / 1e9, available / 1e9));
      }
    }
  }

  /** Measures; {@code turn} hears after each round how many turns are done. */
  public BenchResult run(LongConsumer turn) {
    List<BenchResult.Row> rows = new ArrayList<>();
    String backend = "";
    String reason = "";
    int bytes = 0;
    for (BenchSize size : sizes) {
      Own own = new Own(rule, size.lengths(), threads);
      backend = own.backend();
      reason = own.backendReason();
      bytes = bytes(own.plan());
      List<Contestant> contestants = new ArrayList<>(List.of(own));
      try {
        contestants.addAll(OtherLibrary.of(rule, size.lengths(), threads));
        contestants.add(new Limit(own.plan(), size.lengths(), threads));
        rows.addAll(measure(size, contestants, bytes, turn));
      } finally {
        contestants.forEach(Contestant::close);
      }
    }
    return new BenchResult(Specs.print(rule), backend, reason, threads, bytes, rows);
  }

  private static int bytes(Plan plan) {
    return plan.trips().stream().mapToInt(trip -> trip.pass().traffic() * Float.BYTES).sum();
  }

  private List<BenchResult.Row> measure(
      BenchSize size, List<Contestant> contestants, int bytes, LongConsumer turn) {
    int[] steps = new int[contestants.size()];
    for (int c = 0; c < steps.length; c++) {
      steps[c] = warmUp(contestants.get(c));
    }
    turn.accept(1);
    double[][] nanos = new double[contestants.size()][rounds];
    for (int round = 0; round < rounds; round++) {
      for (int c = 0; c < steps.length; c++) {
        nanos[c][round] = time(contestants.get(c), steps[c]);
      }
      turn.accept(1);
    }
    List<BenchResult.Row> rows = new ArrayList<>();
    for (int c = 0; c < steps.length; c++) {
      double[] ratios = new double[rounds];
      for (int round = 0; round < rounds; round++) {
        ratios[round] = nanos[c][round] / nanos[0][round];
      }
      Arrays.sort(ratios);
      double median = median(nanos[c]);
      rows.add(
          new BenchResult.Row(
              size,
              contestants.get(c).name(),
              median / 1e6,
              bytes * (double) size.elements() / median,
              median(ratios),
              ratios[0],
              ratios[rounds - 1]));
    }
    return rows;
  }

  /** Runs until compiled code has settled; how many steps make one turn. */
  private static int warmUp(Contestant contestant) {
    double spent = 0;
    double last = 0;
    int steps = 1;
    while (spent < WARM_UP_NANOS) {
      last = time(contestant, steps);
      spent += last * steps;
      steps = (int) Math.clamp(TURN_NANOS / last, 1, 1_000_000);
    }
    return (int) Math.clamp(TURN_NANOS / last, 1, 1_000_000);
  }

  /** Nanoseconds of one step. */
  private static double time(Contestant contestant, int steps) {
    long start = System.nanoTime();
    for (int i = 0; i < steps; i++) {
      contestant.step();
    }
    return (double) (System.nanoTime() - start) / steps;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
