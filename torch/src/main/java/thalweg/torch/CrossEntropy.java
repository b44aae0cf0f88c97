package thalweg.torch;

import java.util.Arrays;
import org.bytedeco.pytorch.CrossEntropyLossOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Cross entropy of {@code [rows, classes]} outputs before softmax and {@code [rows]} classes, or of
 * {@code [rows, length, classes]} and {@code [rows, length]}. As PyTorch's {@code
 * CrossEntropyLoss}.
 *
 * @param labelSmoothing in [0, 1): the share of the target that is spread evenly over all classes
 *     (Szegedy et al. 2016, section 7)
 * @param classWeights how much a sample of each class counts, the mean being divided by the sum of
 *     what counts; empty where all count alike
 */
@SuppressWarnings("ArrayRecordComponent") // as it was given; equality is by text
public record CrossEntropy(double labelSmoothing, float[] classWeights) implements Loss {
  public CrossEntropy {
    if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
      throw new IllegalArgumentException(
          "cross_entropy.label_smoothing must be in [0, 1), got " + labelSmoothing);
    }
    for (float weight : classWeights) {
      if (!(weight >= 0 && weight < Float.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "cross_entropy.class_weights must be finite and >= 0, got "
                + Arrays.toString(classWeights));
      }
    }
  }

  /** This loss with the target spread. */
  public CrossEntropy labelSmoothing(double share) {
    return new CrossEntropy(share, classWeights);
  }

  /** This loss with weights, one a class; none for all alike. */
  public CrossEntropy classWeights(float... weights) {
    return new CrossEntropy(labelSmoothing, weights.clone());
  }

  @Override
  public Tensor apply(Tensor outputs, Tensor targets) {
    Tensor wide = Loss.inFloat32(outputs);
    CrossEntropyLossOptions options = new CrossEntropyLossOptions();
    options.label_smoothing().put(labelSmoothing);
    if (classWeights.length > 0) {
      options.weight().put(torch.tensor(classWeights));
    }
    return torch.cross_entropy(
        targets.dim() == 1 ? wide : wide.flatten(0, 1), targets.flatten(), options);
  }

  @Override
  public int outputs(Targets targets) {
    if (targets instanceof Targets.Values) {
      throw new IllegalArgumentException(
          "cross_entropy needs classes, the targets are numbers; use mse, mae or huber");
    }
    if (classWeights.length > 0 && classWeights.length != targets.outputs()) {
      throw new IllegalArgumentException(
          "cross_entropy has weights for %d classes, the targets have %d"
              .formatted(classWeights.length, targets.outputs()));
    }
    return targets.outputs();
  }

  @Override
  public String text() {
    String smoothing = labelSmoothing == 0 ? "" : "label_smoothing=" + labelSmoothing;
    String weights =
        classWeights.length == 0 ? "" : "class_weights=" + Arrays.toString(classWeights);
    String both = smoothing + (smoothing.isEmpty() || weights.isEmpty() ? "" : ", ") + weights;
    return both.isEmpty() ? "cross_entropy" : "cross_entropy(" + both + ")";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CrossEntropy that && text().equals(that.text());
  }

  @Override
  public int hashCode() {
    return text().hashCode();
  }

  @Override
  public String toString() {
    return text();
  }
}
