package thalweg.lab.trace;

import java.util.List;
import java.util.stream.Stream;
import thalweg.lab.compare.Comparison;
import thalweg.lab.surface.Surface;
import thalweg.lab.surface.Surfaces;

/**
 * The pictures that the literature shows: ways over the usual surfaces, what the learning rate does
 * on one of them, and SGD with momentum beside Adam on networks.
 *
 * @param traces one for each of {@link #surfaces}
 * @param networks one for each of {@link NetworkRuns}
 */
public record Gallery(List<Trace> traces, Sweep rates, List<Comparison> networks) {
  /** The place of the surface on which the rate is swept. */
  static final int RATES = 1;

  public Gallery {
    traces = List.copyOf(traces);
    networks = List.copyOf(networks);
  }

  /** A saddle, an elongated valley, and others in the order in which they become harder. */
  public static List<Surface> surfaces(long seed) {
    // The second of all random surfaces: from its usual start some walks leave a hollow for a
    // deeper.
    long random = (seed + 1) & Long.MAX_VALUE;
    return Stream.of(
            "saddle",
            "valley",
            "beale",
            "rosenbrock",
            "himmelblau",
            "rastrigin",
            "ackley",
            "random(seed=%d)".formatted(random))
        .map(Surfaces::parse)
        .toList();
  }

  /** The rates that are swept. */
  static SweepRange range() {
    return SweepRange.parse("lr=1e-5..100:43");
  }
}
