package thalweg.torch;

import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * How well a model does on samples it is not trained on.
 *
 * @param loss mean over the samples
 * @param metric for classes the share of right answers in [0, 1]; for values R² = 1 − squared error
 *     over variance: 1 is perfect, 0 as good as the mean, NaN when all values are equal
 */
public record Evaluation(double loss, double metric) {
  /** Rows of one forward, so that a large table needs no large memory. */
  private static final int CHUNK_ROWS = 1024;

  /**
   * Runs the model over all samples of a feed that does not shuffle, without gradients. The model
   * must be in evaluation mode if it has layers that ask.
   */
  static Evaluation of(UnaryOperator<Tensor> forward, Loss loss, Feed feed) {
    double lossSum = 0;
    Score score = new Score();
    try (var guard = new NoGradGuard()) {
      for (Batch batch : feed.inTableOrder()) {
        try (var scope = new PointerScope()) {
          Tensor outputs = forward.apply(batch.features());
          lossSum += loss.apply(outputs, batch.targets()).item_float() * (double) batch.rows();
          score.add(feed.samples().targets(), Loss.inFloat32(outputs).contiguous());
        }
      }
    }
    int rows = feed.samples().rows();
    return new Evaluation(lossSum / rows, score.metric(feed.samples().targets()));
  }

  /** A feed to evaluate over: in table order, in chunks. */
  static Feed feed(Samples samples) {
    return new Feed(samples, new Batching.Mini(CHUNK_ROWS), 0);
  }

  /** Right answers, or sums of squares, gathered chunk by chunk. */
  private static final class Score {
    private int row;
    private long right;
    private double squaredError;

    void add(Targets targets, Tensor outputs) {
      int columns = Math.toIntExact(outputs.size(-1));
      float[] answers = new float[Math.toIntExact(outputs.numel())];
      try (FloatPointer data = outputs.data_ptr_float()) {
        data.get(answers);
      }
      for (int i = 0; i < answers.length; i += columns) {
        switch (targets) {
          case Targets.Classes classes -> {
            if (largest(answers, i, columns) == classes.labels()[row]) {
              right++;
            }
          }
          case Targets.Tokens tokens -> {
            int label = tokens.labels().at(row / tokens.length(), row % tokens.length());
            if (largest(answers, i, columns) == label) {
              right++;
            }
          }
          case Targets.Values values -> {
            double error = (double) answers[i] - values.values()[row];
            squaredError += error * error;
          }
        }
        row++;
      }
    }

    double metric(Targets targets) {
      return switch (targets) {
        case Targets.Classes _, Targets.Tokens _ -> (double) right / row;
        case Targets.Values values -> 1 - squaredError / squaredDeviation(values.values());
      };
    }

    private static int largest(float[] answers, int from, int columns) {
      int best = 0;
      for (int c = 1; c < columns; c++) {
        if (answers[from + c] > answers[from + best]) {
          best = c;
        }
      }
      return best;
    }

    private static double squaredDeviation(float[] values) {
      double mean = 0;
      for (float value : values) {
        mean += value;
      }
      mean /= values.length;
      double sum = 0;
      for (float value : values) {
        sum += (value - mean) * (value - mean);
      }
      return sum == 0 ? Double.NaN : sum;
    }
  }
}
