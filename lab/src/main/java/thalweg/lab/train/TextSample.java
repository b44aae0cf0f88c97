package thalweg.lab.train;

import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import thalweg.lab.data.Prepared;
import thalweg.torch.nets.Network;

/**
 * Text that a language model writes, character by character, each drawn from what it expects next.
 */
final class TextSample {
  private TextSample() {}

  /**
   * So many characters after the first window of the validation text.
   *
   * @param data a text
   * @param seed of the draws
   */
  static String of(Network network, Prepared data, int characters, long seed) {
    float[] window = data.validation().features().select(new int[] {0}).toArray();
    List<String> names = data.classes();
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder text = new StringBuilder();
    boolean training = network.is_training();
    network.eval();
    try (var guard = new NoGradGuard()) {
      for (int i = 0; i < characters; i++) {
        int next = draw(next(network, window), random);
        text.append(names.get(next));
        System.arraycopy(window, 1, window, 0, window.length - 1);
        window[window.length - 1] = next;
      }
    } finally {
      network.train(training);
    }
    return text.toString();
  }

  /** The outputs at the window's last place. */
  private static float[] next(Network network, float[] window) {
    try (var scope = new PointerScope()) {
      Tensor features = torch.tensor(window).unsqueeze(0);
      Tensor outputs = network.forward(features).contiguous();
      int classes = Math.toIntExact(outputs.size(-1));
      float[] last = new float[classes];
      try (FloatPointer numbers = outputs.data_ptr_float()) {
        numbers.position(outputs.numel() - classes).get(last);
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
