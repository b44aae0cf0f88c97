package thalweg.rules;

import thalweg.formula.Comparison;
import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Rule;
import thalweg.formula.Scalar;
import thalweg.formula.State;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.transforms.Negate;

/**
 * Rprop: steps of a size of their own, longer while the gradient keeps its sign and shorter where
 * it turns. For gradients over all data; mini-batches turn signs at random.
 *
 * <p>{@code lr} is only the step size that every element starts with.
 */
@Described(
    value = "a step size per element, from the signs of successive gradients alone",
    paper =
        "Riedmiller and Braun 1993, A Direct Adaptive Method for Faster Backpropagation Learning:"
            + " The RPROP Algorithm; as iRprop-: Igel and Huesken 2000",
    differs = {
      "the step behind a turn of the sign is left out, not taken back, as in PyTorch; the paper"
          + " takes it back",
      "signs are compared; PyTorch takes the sign of the product of the gradients, which is 0 where"
          + " that underflows"
    })
public record Rprop(
    @Hyperparameter(value = "1e-2", range = "[0, inf)") double lr,
    @Hyperparameter(value = "0.5", range = "(0, 1)") double eta1,
    @Hyperparameter(value = "1.2", range = "(1, inf)") double eta2,
    @Hyperparameter(value = "1e-6", range = "[0, inf)") double stepSize1,
    @Hyperparameter(value = "50", range = "[0, inf)") double stepSize2,
    @Hyperparameter("false") boolean maximize)
    implements Rule {
  public Rprop {
    Hyperparameters.check(Rprop.class, lr, eta1, eta2, stepSize1, stepSize2, maximize);
  }

  /** With this learning rate and every other default. */
  public static Rprop lr(double lr) {
    return Hyperparameters.standard(Rprop.class, lr);
  }

  public Rprop eta1(double value) {
    return Hyperparameters.with(this, "eta1", value);
  }

  public Rprop eta2(double value) {
    return Hyperparameters.with(this, "eta2", value);
  }

  public Rprop stepSize1(double value) {
    return Hyperparameters.with(this, "step_size1", value);
  }

  public Rprop stepSize2(double value) {
    return Hyperparameters.with(this, "step_size2", value);
  }

  public Rprop maximize(boolean value) {
    return Hyperparameters.with(this, "maximize", value);
  }

  @Override
  public String name() {
    return "rprop";
  }

  @Override
  public Tensor apply(Tensor gradient, Step s) {
    Tensor g = maximize ? s.enter(new Negate(), gradient) : gradient;
    Tensor zero = Tensor.of(Scalar.ZERO);
    State previous = s.state("prev", "p", 0);
    State size = s.state("step_size", "Δ", lr);

    Tensor a = s.let("a", g.sign().times(previous.old().sign()));
    Tensor factor =
        a.choose(
            Comparison.LESS,
            zero,
            Tensor.of(s.hyper("eta1", eta1)),
            a.choose(
                Comparison.EQUAL, zero, Tensor.of(Scalar.ONE), Tensor.of(s.hyper("eta2", eta2))));
    Tensor step =
        size.becomes(
            size.old()
                .times(factor)
                .clamp(s.hyper("step_size1", stepSize1), s.hyper("step_size2", stepSize2)));
    Tensor kept = previous.becomes(a.choose(Comparison.LESS, zero, zero, g));
    return s.descendBy(kept.sign().times(step), Scalar.of(lr));
  }
}
