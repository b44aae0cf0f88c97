package thalweg.lab.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;
import thalweg.formula.Formula;
import thalweg.formula.Transformation;
import thalweg.lab.BadInput;
import thalweg.optimizer.Needs;
import thalweg.plan.Plan;
import thalweg.text.Specs;

/**
 * Times a step of this library, of libtorch and of the machine itself, in {@link Turns} within one
 * run.
 *
 * @param rounds how often each contestant has its turn
 */
public record Bench(Transformation rule, List<BenchSize> sizes, int threads, int rounds) {
  /** This library, two optimizers of libtorch, the limit: each holds all arrays. */
  private static final int MOST_CONTESTANTS = 4;

  /** Rounds there are in all, each size's warm-up among them, for showing progress. */
  public long turns() {
    return (long) sizes.size() * (rounds + 1);
  }

  /**
   * Says so when a size needs more memory than there is, before it is taken, or when a step alone
   * is no step of the rule.
   *
   * @param available bytes
   * @throws BadInput naming the size or the rule
   */
  public void check(long available) {
    if (Needs.of(Formula.of(rule)) == Needs.TERMS) {
      throw new BadInput(
          "'%s' needs to know single terms of a loss, and there is none here to time; give another optimizer"
              .formatted(Specs.print(rule)));
    }
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

  /** Measures; {@code turn} hears 1 after each warm-up and each round. */
  public BenchResult run(LongConsumer turn) {
    List<BenchResult.Row> rows = new ArrayList<>();
    String backend = "";
    String reason = "";
    int bytes = 0;
    for (BenchSize size : sizes) {
      Own own = new Own(rule, size.shapes(), threads);
      backend = own.backend();
      reason = own.backendReason();
      bytes = bytes(own.plan());
      List<Contestant> contestants = new ArrayList<>(List.of(own));
      try {
        contestants.addAll(OtherLibrary.of(rule, size.shapes(), threads));
        contestants.add(new Limit(own.plan(), size.shapes(), threads));
        rows.addAll(measure(size, contestants, bytes, turn));
      } finally {
        contestants.forEach(Contestant::close);
      }
    }
    return new BenchResult(Specs.print(rule), backend, reason, threads, bytes, rows);
  }

  private static int bytes(Plan plan) {
    return plan.passes().stream().mapToInt(trip -> trip.pass().traffic() * Float.BYTES).sum();
  }

  private List<BenchResult.Row> measure(
      BenchSize size, List<Contestant> contestants, int bytes, LongConsumer turn) {
    Turns turns =
        Turns.warmedUp(contestants.stream().<Runnable>map(contestant -> contestant::step).toList());
    turn.accept(1);
    double[][] nanos = turns.measure(rounds, () -> turn.accept(1));
    List<BenchResult.Row> rows = new ArrayList<>();
    for (int c = 0; c < nanos.length; c++) {
      double[] ratios = new double[rounds];
      for (int round = 0; round < rounds; round++) {
        ratios[round] = nanos[c][round] / nanos[0][round];
      }
      Arrays.sort(ratios);
      double median = Turns.quantile(nanos[c], 0.5);
      rows.add(
          new BenchResult.Row(
              size,
              contestants.get(c).name(),
              median / 1e6,
              bytes * (double) size.elements() / median,
              Turns.quantile(ratios, 0.5),
              ratios[0],
              ratios[rounds - 1]));
    }
    return rows;
  }
}
