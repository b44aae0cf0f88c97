package thalweg.plan;

import java.util.List;

/**
 * What is computed once an update (or once a tensor), on the host and in double. Register {@code i}
 * holds the result of instruction {@code i}; instructions are sorted by level.
 *
 * @param ops the instructions
 * @param levels for each, the level of trips that must have run before it: 0 for what depends on
 *     hyperparameters and t alone
 */
public record ScalarProgram(List<ScalarOp> ops, List<Integer> levels) {
  public ScalarProgram {
    ops = List.copyOf(ops);
    levels = List.copyOf(levels);
  }

  /** The first instruction that needs a higher level; where {@code level} ends. */
  public int end(int level) {
    int end = 0;
    while (end < levels.size() && levels.get(end) <= level) {
      end++;
    }
    return end;
  }
}
