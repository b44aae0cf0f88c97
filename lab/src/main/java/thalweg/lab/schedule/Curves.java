package thalweg.lab.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import thalweg.formula.Clock;
import thalweg.formula.Schedule;
import thalweg.formula.Transformation;
import thalweg.lab.BadInput;
import thalweg.lab.NumberInput;

/**
 * Schedules followed for some updates.
 *
 * @param steps how many updates
 * @param stepsPerEpoch how many of them make an epoch; 0 if epochs do not matter
 * @param list what was followed
 * @param values for each of the list, one number an update
 */
public record Curves(int steps, int stepsPerEpoch, List<Curve> list, List<double[]> values) {
  /** The most updates that are followed. */
  public static final int MOST = 10_000_000;

  private static final int USUAL = 100;

  public Curves {
    list = List.copyOf(list);
    values = List.copyOf(values);
  }

  /** How long to follow them where nobody says: to the end of the longest, or where one ends. */
  public static int usualSteps(List<Curve> curves, int stepsPerEpoch) {
    long longest =
        curves.stream()
            .flatMapToLong(curve -> {
              long span = curve.schedule().span();
              long updates = curve.schedule().countsEpochs() ? Math.max(1, stepsPerEpoch) : 1;
              return span == Schedule.ENDLESS || span > MOST / updates
                  ? LongStream.empty()
                  : LongStream.of(span * updates);
            })
            .max()
            .orElse(USUAL);
    int steps = (int) Math.clamp(longest, 1, MOST);
    Clock clock = new Clock();
    for (int k = 0; k < steps; k++) {
      clock.set(k, stepsPerEpoch == 0 ? 0 : k / stepsPerEpoch);
      for (Curve curve : curves) {
        if (curve.endsBefore(clock)) {
          return Math.max(1, k);
        }
      }
    }
    return steps;
  }

  /**
   * Follows schedules.
   *
   * @param stepsPerEpoch 0 if nobody said
   * @param metrics reported after each epoch, or after each update where epochs do not matter
   * @throws BadInput if a schedule ends before, leaves its range, or counts epochs of no length
   */
  public static Curves of(List<Curve> curves, int steps, int stepsPerEpoch, double... metrics) {
    if (steps < 1 || steps > MOST) {
      throw new BadInput("--steps must be from 1 to %d, got %d".formatted(MOST, steps));
    }
    if (stepsPerEpoch < 0) {
      throw new BadInput("--steps-per-epoch must be at least 1, got " + stepsPerEpoch);
    }
    for (Curve curve : curves) {
      if (curve.needsEpochs() && stepsPerEpoch == 0) {
        throw new BadInput(
            "%s counts epochs; say how many updates one has with --steps-per-epoch"
                .formatted(curve.schedule()));
      }
    }
    Clock clock = new Clock();
    curves.forEach(curve -> clock.follow(curve.schedule()));
    List<double[]> values = new ArrayList<>();
    curves.forEach(_ -> values.add(new double[steps]));
    int reported = 0;
    for (int k = 0; k < steps; k++) {
      for (int i = 0; i < values.size(); i++) {
        values.get(i)[k] = curves.get(i).at(clock);
      }
      boolean ends = stepsPerEpoch == 0 || (k + 1) % stepsPerEpoch == 0;
      if (ends && reported < metrics.length) {
        clock.report(metrics[reported++]);
      }
      clock.advance();
      if (ends && stepsPerEpoch > 0) {
        clock.endEpoch();
      }
    }
    return new Curves(steps, stepsPerEpoch, curves, values);
  }

  /**
   * Makes sure that the schedules of a rule last for a training; those that wait for a metric may
   * still do as they like.
   *
   * @throws BadInput naming the text it was read from
   */
  public static void check(String spec, Transformation rule, long steps, long stepsPerEpoch) {
    List<Curve> curves = Curve.of(rule);
    if (curves.isEmpty() || steps < 1) {
      return;
    }
    Clock clock = new Clock();
    curves.forEach(curve -> clock.follow(curve.schedule()));
    try {
      for (long k = 0; k < Math.min(steps, MOST); k++) {
        clock.set(k, k / stepsPerEpoch);
        for (Curve curve : curves) {
          curve.at(clock);
        }
      }
      clock.set(steps - 1, (steps - 1) / stepsPerEpoch);
      curves.forEach(curve -> curve.at(clock));
    } catch (BadInput e) {
      throw new BadInput(
          "'%s', trained for %d updates: %s".formatted(spec, steps, e.getMessage()), e);
    }
  }

  /**
   * Metrics from a list such as {@code 1,0.9,nan}.
   *
   * @throws BadInput if one is no number
   */
  public static double[] metrics(@Nullable String list) {
    if (list == null) {
      return new double[0];
    }
    String[] parts = list.split(",", -1);
    double[] metrics = new double[parts.length];
    for (int i = 0; i < metrics.length; i++) {
      String part = parts[i].strip();
      metrics[i] =
          part.equalsIgnoreCase("nan")
              ? Double.NaN
              : NumberInput.finite(part)
                  .orElseThrow(() ->
                      new BadInput(
                          "--metrics takes numbers with commas between, got '%s'".formatted(part)));
    }
    return metrics;
  }

  /** What is followed, each once: {@code lr}, {@code momentum}. */
  public List<String> quantities() {
    return list.stream().map(Curve::of).distinct().toList();
  }

  /** The places in the list of what drives one hyperparameter. */
  public List<Integer> of(String quantity) {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i).of().equals(quantity)) {
        places.add(i);
      }
    }
    return places;
  }

  /** What a reader should know beside the numbers; empty if nothing. */
  public String note(int metrics) {
    boolean waits = list.stream().anyMatch(Curve::waitsForMetrics);
    if (metrics == 0 && waits) {
      return "a plateau is waited for, but no metric is reported; give some with --metrics";
    }
    return metrics > 0 && !waits
        ? "no plateau is waited for, so the metrics change nothing; leave --metrics out"
        : "";
  }
}
