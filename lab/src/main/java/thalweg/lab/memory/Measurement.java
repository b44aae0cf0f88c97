package thalweg.lab.memory;

import java.util.List;
import org.jspecify.annotations.Nullable;
import thalweg.account.MemoryAccount;
import thalweg.account.Precision;
import thalweg.account.Zero;
import thalweg.formula.Formula;
import thalweg.formula.State;
import thalweg.formula.Transformation;
import thalweg.memory.Buffer;
import thalweg.memory.NumberType;
import thalweg.optimizer.ArrayParameter;
import thalweg.optimizer.FiniteSum;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.Parameters;

/**
 * What an optimizer really holds: one is made over a small matrix, makes an update, and is asked.
 *
 * @param side rows of the matrix, and columns
 * @param computed bytes by the formula
 * @param held bytes of its memory; −1 if it was not tried, as it would be too much for a question
 */
public record Measurement(int side, long computed, long held) {
  private static final int SIDE = 256;
  private static final int SMALL_SIDE = 16;
  private static final long MOST = 64L << 20;

  /** Makes the measurement; it takes some milliseconds. */
  public static Measurement of(Transformation rule) {
    Formula formula = Formula.of(rule);
    int side = computed(formula, SIDE) > MOST ? SMALL_SIDE : SIDE;
    long computed = computed(formula, side);
    return new Measurement(side, computed, computed > MOST ? -1 : held(rule, formula, side));
  }

  private static long computed(Formula formula, long side) {
    Precision precision = MemoryQuestion.precision("fp32", "fp32");
    return MemoryAccount.of(formula, List.of(List.of(side, side)), precision, Zero.NONE)
        .optimizerBytes();
  }

  private static long held(Transformation rule, Formula formula, long side) {
    Buffer value = Buffer.allocate(side * side, NumberType.FLOAT32);
    Buffer gradient = Buffer.allocate(side * side, NumberType.FLOAT32);
    Parameters matrix =
        Parameters.of(new ArrayParameter("matrix", List.of(side, side), value, gradient));
    try (Optimizer optimizer =
        Optimizer.over(matrix)
            .otherwise(rule)
            .backend("block")
            .threads(1)
            .notices(_ -> {})
            .build()) {
      switch (optimizer.needs()) {
        case GRADIENTS -> optimizer.step();
        case CLOSURE -> optimizer.step(() -> 0);
        case TERMS -> optimizer.step(flat(formula), 0);
      }
      return optimizer.heldBytes();
    }
  }

  /** A sum of as many terms as the rule wants, with the same gradient everywhere. */
  private static FiniteSum flat(Formula formula) {
    int terms = formula.states().stream().mapToInt(State::terms).max().orElse(0);
    return new FiniteSum() {
      @Override
      public int size() {
        return Math.max(1, terms);
      }

      @Override
      public double gradient(int... ofTerms) {
        return 0;
      }
    };
  }

  /** One line for people. */
  public String text() {
    long parameters = (long) side * side;
    String should = Bytes.each(computed, parameters);
    @Nullable String is = held < 0 ? null : Bytes.each(held, parameters);
    if (is == null) {
      return "Not measured: for a %dx%d matrix it would hold %s"
          .formatted(side, side, Bytes.text(computed));
    }
    return "Held after an update of a %dx%d matrix, with working memory: %s bytes a parameter; computed: %s"
        .formatted(side, side, is, should);
  }
}
