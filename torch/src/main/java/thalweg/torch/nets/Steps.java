package thalweg.torch.nets;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import thalweg.torch.Form;

/** How a network that goes step by step reads a form. */
sealed interface Steps {
  /**
   * Steps with numbers of their own; {@code [rows, columns]} seen as {@code [rows, count,
   * features]}.
   */
  record Numbers(int count, int features) implements Steps {}

  /** Tokens, each answered. */
  record Tokens(int length, int vocabulary) implements Steps {}

  /** The steps of a sequence, of a text, or of a picture's rows. */
  static Steps of(String architecture, Form form) {
    return switch (form) {
      case Form.Sequence(int steps, int features) -> new Numbers(steps, features);
      case Form.Text(int length, int vocabulary) -> new Tokens(length, vocabulary);
      case Form.Image(int channels, int height, int width) -> new Rows(channels, height, width);
      case Form.Table _, Form.Sparse _ -> throw Networks.unfit(architecture, "sequences", form);
    };
  }

  /** The rows of a picture, each with those of all channels. */
  record Rows(int channels, int height, int width) implements Steps {}

  /** Numbers of one step; of tokens the size of the vocabulary. */
  default int features() {
    return switch (this) {
      case Numbers numbers -> numbers.features;
      case Tokens tokens -> tokens.vocabulary;
      case Rows rows -> rows.channels * rows.width;
    };
  }

  /** The most steps there can be. */
  default int length() {
    return switch (this) {
      case Numbers numbers -> numbers.count;
      case Tokens tokens -> tokens.length;
      case Rows rows -> rows.height;
    };
  }

  /** {@code [rows, steps, features]}, or {@code [rows, length]} whole numbers. */
  default Tensor view(Tensor features, torch.ScalarType type) {
    return switch (this) {
      case Numbers(int count, int width) -> features.to(type).view(-1, count, width);
      case Tokens _ -> features.to(torch.ScalarType.Long);
      case Rows(int channels, int height, int width) ->
          features.to(type).view(-1, channels, height, width).transpose(1, 2).flatten(2, 3);
    };
  }
}
