package thalweg.lab.serve.runs;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of many: all while they are few, later every second, every fourth and so on, and always the
 * last.
 */
final class Thinned<T> {
  private final int most;
  private final List<T> kept = new ArrayList<>();
  private long every = 1;
  private long count;
  private @Nullable T last;

  /**
   * @param most that are kept, an even number
   */
  Thinned(int most) {
    this.most = most;
  }

  void add(T item) {
    if (count % every == 0) {
      if (kept.size() == most) {
        for (int i = 0; i < most / 2; i++) {
          kept.set(i, kept.get(2 * i));
        }
        kept.subList(most / 2, most).clear();
        every *= 2;
      }
      // After thinning out, the place of this one is kept too: most is even.
      kept.add(item);
    }
    last = item;
    count++;
  }

  /** Whether some were left out. */
  boolean isThin() {
    return every > 1;
  }

  /** In their order. */
  List<T> all() {
    List<T> all = new ArrayList<>(kept);
    if (last != null && (count - 1) % every != 0) {
      all.add(last);
    }
    return all;
  }
}
