package thalweg.lab.bench;

import java.util.Arrays;

/**
 * The account of one contestant's turns before it is measured, which says when compiled code has
 * settled.
 *
 * <p>Time alone does not tell: as long as steps are interpreted few of them fit into it, too few
 * for the compiler to notice them. So there must have been enough time, enough steps, and turns
 * that have stopped getting faster; a limit of time ends it for what never settles.
 */
final class WarmUp {
  private static final double LEAST_NANOS = 400e6;
  private static final double MOST_NANOS = 4e9;
  private static final long LEAST_STEPS = 5000;
  private static final int MOST_STEPS_A_TURN = 1_000_000;

  /** The slowest of the last turns may take so many times as long as the fastest. */
  private static final double AGREEMENT = 1.1;

  private final double turnNanos;
  private final double[] last = new double[5];
  private int turns;
  private long steps;
  private double nanos;
  private int stepsPerTurn = 1;

  /** One of a contestant whose turns are to take so long. */
  WarmUp(double turnNanos) {
    this.turnNanos = turnNanos;
  }

  /** Enters a turn of {@link #stepsPerTurn} steps. */
  void add(double nanosPerStep) {
    steps += stepsPerTurn;
    nanos += nanosPerStep * stepsPerTurn;
    last[turns++ % last.length] = nanosPerStep;
    stepsPerTurn = (int) Math.clamp(turnNanos / nanosPerStep, 1, MOST_STEPS_A_TURN);
  }

  /** How many steps make the next turn, by the pace of the last one; 1 before the first. */
  int stepsPerTurn() {
    return stepsPerTurn;
  }

  /** Whether measuring may begin. */
  boolean done() {
    return nanos >= MOST_NANOS || (nanos >= LEAST_NANOS && steps >= LEAST_STEPS && agreed());
  }

  private boolean agreed() {
    double fastest = Arrays.stream(last).min().orElseThrow();
    double slowest = Arrays.stream(last).max().orElseThrow();
    return turns >= last.length && slowest <= AGREEMENT * fastest;
  }
}
