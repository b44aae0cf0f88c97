package thalweg.torch;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;

/**
 * What a model answered to some samples, beside what was right: what metrics count. Answers are
 * counted from 0, one a sample, or one a step of a sample.
 */
public final class Answers {
  private final Targets targets;
  private final float[] outputs;
  private final int columns;
  private final int first;

  /**
   * @param first number of answers before these
   */
  Answers(Targets targets, Tensor given, int first) {
    Tensor wide = Loss.inFloat32(given.detach()).contiguous();
    this.targets = targets;
    this.columns = Math.toIntExact(wide.size(-1));
    this.outputs = new float[Math.toIntExact(wide.numel())];
    this.first = first;
    try (FloatPointer data = wide.data_ptr_float()) {
      data.get(outputs);
    }
  }

  /** Number of answers. */
  public int count() {
    return outputs.length / columns;
  }

  /** Outputs of an answer: one a class, or one. */
  public int columns() {
    return columns;
  }

  /** A single output. */
  public float output(int answer, int column) {
    return outputs[answer * columns + column];
  }

  /** The class a model decided for: that of the largest output; of one output, whether above 0. */
  public int decision(int answer) {
    int from = answer * columns;
    if (columns == 1) {
      return outputs[from] > 0 ? 1 : 0;
    }
    int best = 0;
    for (int c = 1; c < columns; c++) {
      if (outputs[from + c] > outputs[from + best]) {
        best = c;
      }
    }
    return best;
  }

  /**
   * The right class.
   *
   * @throws IllegalArgumentException if the targets are numbers
   */
  public int label(int answer) {
    int at = first + answer;
    return switch (targets) {
      case Targets.Classes classes -> classes.labels()[at];
      case Targets.Tokens tokens -> tokens.labels().at(at / tokens.length(), at % tokens.length());
      case Targets.Values _ ->
          throw new IllegalArgumentException("the targets are numbers, there are no classes");
    };
  }

  /**
   * The right number.
   *
   * @throws IllegalArgumentException if the targets are classes
   */
  public double value(int answer) {
    if (targets instanceof Targets.Values values) {
      return values.values()[first + answer];
    }
    throw new IllegalArgumentException("the targets are classes, there are no numbers");
  }
}
