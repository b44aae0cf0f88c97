package thalweg.torch;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** What {@link Loss#perceptron} says. */
record Perceptron() implements Loss {
  @Override
  public Tensor apply(Tensor outputs, Tensor targets) {
    Tensor wide = Loss.inFloat32(outputs);
    Tensor margin = wide.size(-1) == 1 ? ofTwo(wide, targets) : ofMore(wide, targets);
    // not clamped at 0, since there its gradient must be that of a wrong answer
    Tensor wrong = margin.detach().le(new Scalar(0)).to(wide.scalar_type());
    return margin.mul(wrong).neg().mean();
  }

  private static Tensor ofTwo(Tensor outputs, Tensor targets) {
    Tensor sign = targets.flatten().to(outputs.scalar_type()).mul(new Scalar(2));
    return outputs.flatten().mul(sign.sub(new Scalar(1)));
  }

  private static Tensor ofMore(Tensor outputs, Tensor targets) {
    Tensor right = targets.unsqueeze(1);
    Tensor others = outputs.scatter(1, right, new Scalar(Double.NEGATIVE_INFINITY));
    return outputs.gather(1, right).squeeze(1).sub(torch.max(others, 1).get0());
  }

  @Override
  public int outputs(Targets targets) {
    if (targets instanceof Targets.Classes(_, int classes)) {
      return classes == 2 ? 1 : classes;
    }
    throw new IllegalArgumentException(
        targets instanceof Targets.Values
            ? "perceptron needs classes, the targets are numbers; use mse, mae or huber"
            : "perceptron needs one class a sample, the targets are one a step; use cross_entropy");
  }

  @Override
  public String text() {
    return "perceptron";
  }
}
