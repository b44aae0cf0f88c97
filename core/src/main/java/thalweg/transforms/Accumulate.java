package thalweg.transforms;

import thalweg.formula.Comparison;
import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Scalar;
import thalweg.formula.ScalarState;
import thalweg.formula.State;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.formula.Transformation;

/**
 * Hands on the mean of {@code k} gradients every {@code k} steps; in between, all that follows
 * rests: parameters, states and their t. A large batch in the memory of a small one.
 *
 * <p>Steps are counted for the group. A tensor without a gradient at some step adds nothing then;
 * one without at the last step of {@code k} keeps its sum for the next round.
 */
@Described(
    value = "hands on the mean of k gradients every k steps; what follows rests in between",
    paper =
        "Optax MultiSteps; in PyTorch backward() called k times before step() with the loss over k",
    differs = {
      "the mean, as in Optax; PyTorch's repeated backward() sums unless the loss is divided",
    })
public record Accumulate(@Hyperparameter(range = "[1, inf)") int k) implements Transformation {
  public Accumulate {
    Hyperparameters.check(Accumulate.class, k);
  }

  @Override
  public String name() {
    return "accumulate";
  }

  @Override
  public Tensor apply(Tensor g, Step s) {
    Scalar wanted = s.hyper("k", k);
    ScalarState counter = s.groupNumber("counter", "n", 0);
    Scalar n = s.let("n", counter.old().plus(Scalar.ONE));
    Scalar full = s.let("full", wanted.is(Comparison.LESS_OR_EQUAL, n));
    counter.becomes(full.choose(Scalar.ZERO, n));
    State sum = s.state("sum", "a", 0);
    Tensor total = s.let("s", sum.old().plus(g));
    sum.becomes(full.choose(Tensor.of(Scalar.ZERO), total));
    s.onlyWhen(full);
    return s.let("g", total.over(n));
  }
}
