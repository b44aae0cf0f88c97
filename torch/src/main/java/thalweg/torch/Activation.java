package thalweg.torch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The function between two linear layers; libtorch's own. */
public enum Activation {
  RELU,
  TANH;

  /** Applies it elementwise; the result has the input's shape. */
  public Tensor apply(Tensor input) {
    return switch (this) {
      case RELU -> torch.relu(input);
      case TANH -> torch.tanh(input);
    };
  }

  /** The text form: {@code relu}, {@code tanh}. */
  public String text() {
    return switch (this) {
      case RELU -> "relu";
      case TANH -> "tanh";
    };
  }

  /** Reads the text form. */
  public static Activation parse(String text) {
    return switch (text) {
      case "relu" -> RELU;
      case "tanh" -> TANH;
      default ->
          throw new IllegalArgumentException(
              "unknown activation '%s'; there are relu and tanh".formatted(text));
    };
  }
}
