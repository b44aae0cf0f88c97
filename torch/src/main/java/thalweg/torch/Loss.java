package thalweg.torch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * What a step lowers: one number for a batch, its mean over the samples. A class of your own will
 * do as well.
 */
public interface Loss {
  /**
   * The mean over the batch, a single number with its graph.
   *
   * @param outputs {@code [rows, outputs]}, or {@code [rows, length, classes]} for a class at each
   *     step; of any floating type, computed in float32 where they have 16 bits
   * @param targets as {@link Batch#targets} has them
   */
  Tensor apply(Tensor outputs, Tensor targets);

  /**
   * Outputs a network needs for these targets.
   *
   * @throws IllegalArgumentException if this loss does not go with them
   */
  int outputs(Targets targets);

  /**
   * The text form, such as {@code huber(delta=1.0)}; {@link #parse} reads all but class weights.
   */
  String text();

  /** The loss that fits the targets: cross entropy for classes, squared error for values. */
  static Loss of(Targets targets) {
    return switch (targets) {
      case Targets.Classes _, Targets.Tokens _ -> crossEntropy();
      case Targets.Values _ -> meanSquaredError();
    };
  }

  /** Mean of (output − value)². */
  static Loss meanSquaredError() {
    return new Losses.MeanSquaredError();
  }

  /** Mean of |output − value|. */
  static Loss meanAbsoluteError() {
    return new Losses.MeanAbsoluteError();
  }

  /**
   * Half the square of an error up to delta, delta (|error| − delta / 2) beyond (Huber 1964): large
   * errors pull no harder than delta.
   *
   * @param delta positive
   */
  static Loss huber(double delta) {
    return new Losses.Huber(delta);
  }

  /** Minus the logarithm of the softmax of the right class; one output a class. */
  static CrossEntropy crossEntropy() {
    return new CrossEntropy(0, new float[0]);
  }

  /**
   * Cross entropy of two classes from one output f, the logarithm of the odds of class 1: log(1 +
   * exp(−f)) for class 1, log(1 + exp(f)) for class 0.
   */
  static Loss binaryCrossEntropy() {
    return new Losses.BinaryCrossEntropy();
  }

  /**
   * max(0, −margin), whose gradient is the perceptron rule (Rosenblatt 1958). Of two classes the
   * margin is y f: f the one output, y being 1 for class 1 and −1 for class 0. Of more it is the
   * output of the right class less the largest of the others. A sample with a margin of 0 counts as
   * wrong, so that weights of zero learn.
   */
  static Loss perceptron() {
    return new Perceptron();
  }

  /**
   * Reads a text form: {@code mse}, {@code mae}, {@code huber(delta=1)}, {@code
   * cross_entropy(label_smoothing=0.1)}, {@code binary_cross_entropy} or {@code perceptron}.
   */
  static Loss parse(String text) {
    return Losses.parse(text);
  }

  /** 16-bit numbers widened, others as they are. */
  static Tensor inFloat32(Tensor outputs) {
    return outputs.element_size() < Float.BYTES ? outputs.to(torch.ScalarType.Float) : outputs;
  }
}
