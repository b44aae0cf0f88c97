package thalweg.lab.serve.http;

import java.util.function.LongSupplier;

/**
 * How many requests a second are answered: a store that fills at that rate and holds {@code burst}.
 */
final class Rate {
  private final double perSecond;
  private final double burst;
  private final LongSupplier nanoTime;
  private double left;
  private long since;

  Rate(double perSecond, double burst, LongSupplier nanoTime) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.nanoTime = nanoTime;
    left = burst;
    since = nanoTime.getAsLong();
  }

  /** Takes one; false if none is left. */
  synchronized boolean take() {
    long now = nanoTime.getAsLong();
    left = Math.min(burst, left + (now - since) * 1e-9 * perSecond);
    since = now;
    if (left < 1) {
      return false;
    }
    left--;
    return true;
  }
}
