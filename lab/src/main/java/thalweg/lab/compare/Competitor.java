package thalweg.lab.compare;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import thalweg.torch.Batching;

/**
 * An optimizer in one regime: what has a line of its own in the result.
 *
 * @param id unique in the comparison: the optimizer's, and where several regimes are compared the
 *     regime's behind it, as {@code adam · full}
 */
record Competitor(String id, Entrant entrant, Batching batching) {
  /** Every optimizer in every regime, the regimes of an optimizer together. */
  static List<Competitor> of(List<String> specs, List<Batching> regimes) {
    List<Competitor> all = new ArrayList<>();
    for (Entrant entrant : entrants(specs)) {
      for (Batching regime : regimes) {
        String id = regimes.size() == 1 ? entrant.id() : entrant.id() + " · " + regime.text();
        all.add(new Competitor(id, entrant, regime));
      }
    }
    return all;
  }

  private static List<Entrant> entrants(List<String> specs) {
    List<Entrant> entrants = new ArrayList<>();
    Map<String, Integer> seen = new HashMap<>();
    for (String spec : specs) {
      Entrant entrant = Entrant.of(spec);
      int count = seen.merge(entrant.id(), 1, Integer::sum);
      entrants.add(
          count == 1
              ? entrant
              : new Entrant(
                  entrant.id() + " #" + count, spec, entrant.rule(), entrant.rateGiven()));
    }
    return entrants;
  }

  /** Runs of the comparison for it: those that choose its rate or warm up, and the reported. */
  long runs(List<Double> grid, int seeds) {
    return seeds + (entrant.tunable() ? grid.size() : 1L);
  }
}
