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
 * @param formats what the numbers of this library are kept in; float32 throughout first
 * @param rounds how often each contestant has its turn
 */
public record Bench(
    Transformation rule,
    List<BenchSize> sizes,
    List<BenchFormat> formats,
    int threads,
    int rounds) {
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
      int contestants = MOST_CONTESTANTS + 2 * (formats.size() - 1);
      double needed = (double) size.elements() * arrays * Float.BYTES * contestants;
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
    double bytes = 0;
    for (BenchSize size : sizes) {
      List<Contestant> contestants = new ArrayList<>();
      List<Double> traffic = new ArrayList<>();
      try {
        Own own = own(BenchFormat.FULL, size);
        contestants.add(own);
        Plan plan = own.plan();
        backend = own.backend();
        reason = own.backendReason();
        bytes = BenchFormat.FULL.bytes(plan);
        for (BenchFormat format : formats.subList(1, formats.size())) {
          contestants.add(own(format, size));
        }
        formats.forEach(format -> traffic.add(format.bytes(plan)));
        for (Contestant other : OtherLibrary.of(rule, size.shapes(), threads)) {
          contestants.add(other);
          traffic.add(bytes);
        }
        for (BenchFormat format : formats) {
          contestants.add(new Limit(plan, format, size.shapes(), threads));
          traffic.add(format.bytes(plan));
        }
        rows.addAll(measure(size, contestants, traffic, turn));
      } finally {
        contestants.forEach(Contestant::close);
      }
    }
    return new BenchResult(
        Specs.print(rule), backend, reason, threads, (int) Math.round(bytes), rows);
  }

  private Own own(BenchFormat format, BenchSize size) {
    try {
      return new Own(rule, format, size.shapes(), threads);
    } catch (IllegalArgumentException e) {
      throw new BadInput("%s: %s".formatted(Specs.print(rule), e.getMessage()));
    }
  }

  private List<BenchResult.Row> measure(
      BenchSize size, List<Contestant> contestants, List<Double> bytes, LongConsumer turn) {
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
              bytes.get(c),
              median / 1e6,
              bytes.get(c) * size.elements() / median,
              Turns.quantile(ratios, 0.5),
              ratios[0],
              ratios[rounds - 1]));
    }
    return rows;
  }
}
