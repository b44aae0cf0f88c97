package thalweg.lab.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Contestants that take turns within one JVM, each turn many steps: what the machine does meanwhile
 * falls on all of them alike, so the ratios of their times hold where the times do not.
 *
 * <p>The steps of a turn are counted once, at the end of the warm-up, and are the same in each
 * round.
 */
public final class Turns {
  private static final double TURN_NANOS = 30e6;

  private final List<Runnable> contestants;
  private final int[] steps;

  Turns(List<Runnable> contestants, int[] steps) {
    this.contestants = List.copyOf(contestants);
    this.steps = steps.clone();
  }

  /**
   * Runs all contestants, in turn too, until compiled code has settled. In turn because what one of
   * them loads makes the compiler throw away code that it compiled for the others alone.
   *
   * <p>Each takes at least 0.4 s, at least 5000 steps and until its last five turns agree within 10
   * %, but no more than 4 s and the step that ends them.
   *
   * @param contestants one step of each
   */
  public static Turns warmedUp(List<Runnable> contestants) {
    List<WarmUp> warmUps = new ArrayList<>();
    contestants.forEach(_ -> warmUps.add(new WarmUp(TURN_NANOS)));
    while (!warmUps.stream().allMatch(WarmUp::done)) {
      for (int c = 0; c < contestants.size(); c++) {
        WarmUp warmUp = warmUps.get(c);
        if (!warmUp.done()) {
          warmUp.add(nanosPerStep(contestants.get(c), warmUp.stepsPerTurn()));
        }
      }
    }
    return new Turns(contestants, warmUps.stream().mapToInt(WarmUp::stepsPerTurn).toArray());
  }

  /**
   * Times a turn of each contestant in each round; the one that begins a round ends the next.
   *
   * @param afterRound runs between the rounds and after the last, untimed
   * @return nanoseconds a step, {@code [contestant][round]}
   */
  public double[][] measure(int rounds, Runnable afterRound) {
    double[][] nanos = new double[contestants.size()][rounds];
    for (int round = 0; round < rounds; round++) {
      for (int turn = 0; turn < steps.length; turn++) {
        int c = (turn + round) % steps.length;
        nanos[c][round] = nanosPerStep(contestants.get(c), steps[c]);
      }
      afterRound.run();
    }
    return nanos;
  }

  /**
   * The measured value below or at which a share {@code q} of 0..1 of all lies; 0.5: the median.
   */
  public static double quantile(double[] values, double q) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) (q * (sorted.length - 1))];
  }

  private static double nanosPerStep(Runnable contestant, int steps) {
    long start = System.nanoTime();
    for (int i = 0; i < steps; i++) {
      contestant.run();
    }
    return (double) Math.max(1, System.nanoTime() - start) / steps;
  }
}
