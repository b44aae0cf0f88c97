package thalweg.lab.reproduce;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * How much is done.
 *
 * @param seed of the first tuning run; those of the others and of the reported runs follow
 * @param count reported seeds
 * @param quick half the epochs, one seed to choose settings by instead of three, every other
 *     candidate
 */
record Effort(long seed, int count, boolean quick) {
  private static final int TUNING = 3;

  List<Long> tuningSeeds() {
    return LongStream.range(seed, seed + (quick ? 1 : TUNING)).boxed().toList();
  }

  /** Never those that chose settings. */
  List<Long> seeds() {
    return LongStream.range(seed + TUNING, seed + TUNING + count).boxed().toList();
  }

  int epochs(int usual) {
    return quick ? Math.ceilDiv(usual, 2) : usual;
  }

  /** All candidates, or every other one from the second. */
  <T> List<T> offered(List<T> candidates) {
    return !quick || candidates.size() < 3
        ? candidates
        : IntStream.range(0, candidates.size())
            .filter(i -> i % 2 == 1)
            .mapToObj(candidates::get)
            .toList();
  }
}
