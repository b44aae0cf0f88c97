package thalweg.torch.nets;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import thalweg.torch.Libtorch;
import thalweg.torch.Network;

/** What a language model writes: token after token, each drawn from what it expects next. */
public final class Continuation {
  private Continuation() {}

  /**
   * Goes on with a text.
   *
   * @param network one of {@link thalweg.torch.Form.Text}
   * @param beginning {@code [length]} tokens; of what has been written the model always sees the
   *     last so many
   * @param count how many tokens to write
   * @param seed of the draws: equal seeds give equal texts
   * @return {@code [count]}
   */
  public static int[] of(Network network, float[] beginning, int count, long seed) {
    Libtorch.load();
    float[] window = Arrays.copyOf(beginning, beginning.length);
    int[] written = new int[count];
    SplittableRandom random = new SplittableRandom(seed);
    boolean training = network.is_training();
    network.eval();
    try (var guard = new NoGradGuard()) {
      for (int i = 0; i < count; i++) {
        written[i] = draw(expected(network, window), random);
        System.arraycopy(window, 1, window, 0, window.length - 1);
        window[window.length - 1] = written[i];
      }
    } finally {
      network.train(training);
    }
    return written;
  }

  /** The outputs at the window's last place. */
  private static float[] expected(Network network, float[] window) {
    try (var scope = new PointerScope()) {
      Tensor outputs = network.forward(torch.tensor(window).unsqueeze(0)).contiguous();
      float[] last = new float[Math.toIntExact(outputs.size(-1))];
      try (FloatPointer numbers = outputs.data_ptr_float()) {
        numbers.position(outputs.numel() - last.length).get(last);
      }
      return last;
    }
  }

  /** One of the classes, by the softmax of their outputs. */
  private static int draw(float[] outputs, SplittableRandom random) {
    double largest = Double.NEGATIVE_INFINITY;
    for (float output : outputs) {
      largest = Math.max(largest, output);
    }
    double sum = 0;
    for (float output : outputs) {
      sum += Math.exp(output - largest);
    }
    double rest = random.nextDouble() * sum;
    for (int c = 0; c < outputs.length - 1; c++) {
      rest -= Math.exp(outputs[c] - largest);
      if (rest < 0) {
        return c;
      }
    }
    return outputs.length - 1;
  }
}
