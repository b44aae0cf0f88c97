package thalweg.lab.reproduce;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;

/**
 * A claim with what was measured, one pair of values a seed. Interval and verdict are no parts of
 * it: they follow.
 *
 * @param seeds one a pair
 * @param first values of the claim's first side, finite
 * @param second values of its second side, on the same seeds
 */
public record Finding(Claim claim, List<Long> seeds, List<Double> first, List<Double> second) {
  public Finding {
    seeds = List.copyOf(seeds);
    first = List.copyOf(first);
    second = List.copyOf(second);
    if (first.size() != seeds.size() || second.size() != seeds.size() || seeds.isEmpty()) {
      throw new IllegalArgumentException(
          "claim '%s': %d seeds, %d first and %d second values; they must be equally many"
              .formatted(claim.name(), seeds.size(), first.size(), second.size()));
    }
  }

  /** The 95 % interval of the mean of the paired differences, or of the mean ratio. */
  @JsonProperty
  public Interval interval() {
    List<Double> compared = new ArrayList<>();
    for (int i = 0; i < seeds.size(); i++) {
      compared.add(
          switch (claim.by()) {
            case DIFFERENCE -> first.get(i) - second.get(i);
            case RATIO -> Math.log(first.get(i) / second.get(i));
          });
    }
    Interval interval = Interval.of(compared);
    return claim.by() == Claim.By.RATIO ? interval.exp() : interval;
  }

  /** Whether the claim holds by the interval. */
  @JsonProperty
  public Verdict verdict() {
    return Verdict.of(claim, interval());
  }
}
