package thalweg.lab.data.text;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import thalweg.torch.Samples;
import thalweg.torch.Targets;

/**
 * What a language model has to beat: counts of how often each character follows the last few, with
 * interpolated Kneser–Ney smoothing (S. Chen and J. Goodman, An Empirical Study of Smoothing
 * Techniques for Language Modeling, 1999, section 2.7), the lowest order mixed with evenness over
 * all characters.
 *
 * <p>Counts are of the training part only. When it is scored it sees the characters before a window
 * as well, which a network that starts each window anew does not: the comparison favours it.
 */
public final class Baseline {
  private static final int MOST_ORDER = 3;
  private static final int BITS = 16;

  private final int order;
  private final int characters;

  /** Of contexts of 0 characters, 1, … */
  private final List<Level> levels;

  private Baseline(int order, int characters, List<Level> levels) {
    this.order = order;
    this.characters = characters;
    this.levels = levels;
  }

  /**
   * Counts a text.
   *
   * @param train windows of a text side by side, as {@link TextWindows} are
   * @param order how many characters back it looks, from 0 to 3
   */
  public static Baseline of(Samples train, int order) {
    if (order < 0 || order > MOST_ORDER) {
      throw new IllegalArgumentException("Baseline.order must be in [0, 3], got " + order);
    }
    long kept = mask(order + 1);
    Map<Long, Count> grams = new HashMap<>();
    long[] last = {0};
    int[] length = {0};
    read(
        train,
        c -> {
          last[0] = (last[0] << BITS | c) & kept;
          if (++length[0] > order) {
            grams.computeIfAbsent(last[0], _ -> new Count()).value++;
          }
        });
    List<Level> levels = new ArrayList<>();
    Map<Long, Count> counts = grams;
    for (int context = order; context >= 0; context--) {
      levels.addFirst(Level.of(counts));
      counts = shorter(counts, context);
    }
    return new Baseline(order, train.targets().outputs(), List.copyOf(levels));
  }

  /** In how many different characters' wake each shorter sequence comes. */
  private static Map<Long, Count> shorter(Map<Long, Count> grams, int context) {
    Map<Long, Count> counts = new HashMap<>();
    for (long gram : grams.keySet()) {
      counts.computeIfAbsent(gram & mask(context), _ -> new Count()).value++;
    }
    return counts;
  }

  private static long mask(int characters) {
    return characters * BITS >= Long.SIZE ? -1 : (1L << characters * BITS) - 1;
  }

  /**
   * The perplexity over what a network is asked for on these windows: e to the mean of -log p of
   * each next character, at least 1.
   */
  public double perplexity(Samples part) {
    double[] sum = {0};
    long[] last = {0};
    int[] length = {0};
    read(
        part,
        c -> {
          if (length[0] > 0) {
            sum[0] -= Math.log(probability(last[0], Math.min(length[0], order), c));
          }
          last[0] = last[0] << BITS | c;
          length[0]++;
        });
    return Math.exp(sum[0] / (length[0] - 1.0));
  }

  /** Of a character after others, the latest in the lowest bits. */
  double probability(long before, int known, int character) {
    double probability = 1.0 / characters;
    for (int context = 0; context <= known; context++) {
      long after = before & mask(context);
      probability = levels.get(context).interpolate(after, after << BITS | character, probability);
    }
    return probability;
  }

  /** Every character of windows side by side, and the one after the last. */
  private static void read(Samples samples, IntConsumer reader) {
    if (!(samples.targets() instanceof Targets.Tokens next)) {
      throw new IllegalArgumentException("a baseline needs the windows of a text");
    }
    int length = samples.columns();
    MemorySegment window = MemorySegment.ofArray(new byte[length * Float.BYTES]);
    for (int row = 0; row < samples.rows(); row++) {
      samples.features().read(row, 0, window, 0);
      for (int i = 0; i < length; i++) {
        reader.accept((int) window.get(ValueLayout.JAVA_FLOAT_UNALIGNED, (long) i * Float.BYTES));
      }
    }
    if (samples.rows() > 0) {
      reader.accept(next.labels().at(samples.rows() - 1, length - 1));
    }
  }

  private static final class Count {
    private int value;
  }

  /** Counts after contexts of one length. */
  private record Level(
      Map<Long, Count> grams, Map<Long, Count> sums, Map<Long, Count> kinds, double discount) {
    static Level of(Map<Long, Count> grams) {
      Map<Long, Count> sums = new HashMap<>();
      Map<Long, Count> kinds = new HashMap<>();
      grams.forEach((gram, count) -> {
        sums.computeIfAbsent(gram >>> BITS, _ -> new Count()).value += count.value;
        kinds.computeIfAbsent(gram >>> BITS, _ -> new Count()).value++;
      });
      return new Level(grams, sums, kinds, discount(grams.values()));
    }

    /** n₁ / (n₁ + 2 n₂), of how many sequences come once and twice. */
    private static double discount(Collection<Count> counts) {
      double once = counts.stream().filter(count -> count.value == 1).count();
      double twice = counts.stream().filter(count -> count.value == 2).count();
      return once == 0 ? 0.5 : Math.min(0.95, once / (once + 2 * twice));
    }

    double interpolate(long after, long gram, double shorter) {
      Count sum = sums.get(after);
      Count kind = kinds.get(after);
      if (sum == null || kind == null) {
        return shorter;
      }
      Count count = grams.get(gram);
      double own = count == null ? 0 : Math.max(0, count.value - discount);
      return (own + discount * kind.value * shorter) / sum.value;
    }
  }
}
