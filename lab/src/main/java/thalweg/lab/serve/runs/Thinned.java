package thalweg.lab.serve.runs;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Some of many: all while they are few, later of each part of the whole the one with the lowest and
 * the one with the highest value, and always the last. Parts are equally long.
 */
final class Thinned<T> {
  private record Part<T>(T low, double lowest, T high, double highest) {
    Part<T> and(Part<T> later) {
      boolean lower = later.lowest < lowest;
      boolean higher = later.highest >= highest;
      return new Part<>(
          lower ? later.low : low,
          lower ? later.lowest : lowest,
          higher ? later.high : high,
          higher ? later.highest : highest);
    }
  }

  private final int most;
  private final ToDoubleFunction<T> value;
  private final List<Part<T>> parts = new ArrayList<>();
  private final List<T> last = new ArrayList<>(1);
  private long every = 1;
  private long count;

  /**
   * @param most parts, an even number; of each at most two are kept
   * @param value what is not finite counts as 0
   */
  Thinned(int most, ToDoubleFunction<T> value) {
    this.most = most;
    this.value = value;
  }

  void add(T item) {
    double known = value.applyAsDouble(item);
    double v = Double.isFinite(known) ? known : 0;
    Part<T> one = new Part<>(item, v, item, v);
    if (count % every != 0) {
      parts.set(parts.size() - 1, parts.getLast().and(one));
    } else {
      if (parts.size() == most) {
        halve();
      }
      // After halving, the place of this one begins a part too: most is even.
      parts.add(one);
    }
    last.clear();
    last.add(item);
    count++;
  }

  private void halve() {
    for (int i = 0; i < most / 2; i++) {
      parts.set(i, parts.get(2 * i).and(parts.get(2 * i + 1)));
    }
    parts.subList(most / 2, most).clear();
    every *= 2;
  }

  /** Whether some were left out. */
  boolean isThin() {
    return every > 2;
  }

  /** What is kept; of a part in any order, and the last may be there twice. */
  List<T> all() {
    List<T> all = new ArrayList<>();
    for (Part<T> part : parts) {
      all.add(part.low);
      if (part.high != part.low) {
        all.add(part.high);
      }
    }
    all.addAll(last);
    return all;
  }
}
