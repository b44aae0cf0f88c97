package thalweg.walk;

import static org.assertj.core.api.Assertions.assertThat;

import thalweg.formula.Transformation;
import thalweg.memory.Buffer;
import thalweg.optimizer.Optimizer;

/** Stops after every number of updates, goes on in another optimizer, and compares the bits. */
public final class Resumed {
  private Resumed() {}

  /** Over the terms of {@link LeastSquares#twenty}, one an update. */
  public static void assertBitEqual(String backend, Transformation rule, int updates) {
    boolean exact = backend.equals("reference");
    LeastSquares whole = LeastSquares.twenty(exact);
    try (var through = optimizer(backend, rule, whole)) {
      for (int k = 0; k < updates; k++) {
        through.step(whole, term(k));
      }
      for (int stop = 0; stop <= updates; stop++) {
        LeastSquares first = LeastSquares.twenty(exact);
        LeastSquares second = LeastSquares.twenty(exact);
        try (var before = optimizer(backend, rule, first);
            var after = optimizer(backend, rule, second)) {
          for (int k = 0; k < stop; k++) {
            before.step(first, term(k));
          }
          Buffer from = first.parameters().list().getFirst().value();
          second.parameters().list().getFirst().value().copyFrom(from);
          after.load(before.state());
          for (int k = stop; k < updates; k++) {
            after.step(second, term(k));
          }
          assertThat(second.at()).as("stopped after %d", stop).containsExactly(whole.at());
          assertThat(after.state()).as("stopped after %d", stop).isEqualTo(through.state());
        }
      }
    }
  }

  /** Terms come again, so that what is remembered of them matters. */
  private static int term(int update) {
    return update * 7 % 5;
  }

  private static Optimizer optimizer(String backend, Transformation rule, LeastSquares sum) {
    return Optimizer.over(sum.parameters()).otherwise(rule).backend(backend).threads(1).build();
  }
}
