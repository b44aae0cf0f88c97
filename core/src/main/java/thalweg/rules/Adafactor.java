package thalweg.rules;

import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Rule;
import thalweg.formula.Scalar;
import thalweg.formula.Scope;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.transforms.Negate;
import thalweg.transforms.ScaleByFactoredRms;

/**
 * Adafactor: the second moment of a matrix is kept as one number a row and one a column, and steps
 * are relative to the size of the weights.
 */
@Described(
    value = "adaptive rates from row and column means of squares, steps relative to the weights",
    paper =
        "Shazeer and Stern 2018, Adafactor: Adaptive Learning Rates with Sublinear Memory Cost,"
            + " Algorithms 4 and 5",
    differs = {
      "eps1 is added to nothing: it bounds what is divided by, as in PyTorch; the paper adds it to"
          + " the squared gradient",
      "a vector keeps its second moment as the columns of one row, and beside it that row's mean,"
          + " which nothing reads; PyTorch has the first only"
    })
public record Adafactor(
    @Hyperparameter(value = "1e-2", range = "[0, inf)") double lr,
    @Hyperparameter(value = "-0.8", range = "(-inf, 0]") double beta2Decay,
    @Hyperparameter(value = "2.220446049250313e-16", range = "[0, inf)") double eps1,
    @Hyperparameter(value = "1e-3", range = "[0, inf)") double eps2,
    @Hyperparameter(value = "1.0", range = "[1, inf)") double d,
    @Hyperparameter(value = "0", range = "[0, inf)") double weightDecay,
    @Hyperparameter("false") boolean maximize)
    implements Rule {
  public Adafactor {
    Hyperparameters.check(Adafactor.class, lr, beta2Decay, eps1, eps2, d, weightDecay, maximize);
  }

  /** With this learning rate and every other default. */
  public static Adafactor lr(double lr) {
    return Hyperparameters.standard(Adafactor.class, lr);
  }

  public Adafactor beta2Decay(double value) {
    return Hyperparameters.with(this, "beta2_decay", value);
  }

  public Adafactor eps1(double value) {
    return Hyperparameters.with(this, "eps1", value);
  }

  public Adafactor eps2(double value) {
    return Hyperparameters.with(this, "eps2", value);
  }

  public Adafactor d(double value) {
    return Hyperparameters.with(this, "d", value);
  }

  public Adafactor weightDecay(double value) {
    return Hyperparameters.with(this, "weight_decay", value);
  }

  public Adafactor maximize(boolean value) {
    return Hyperparameters.with(this, "maximize", value);
  }

  @Override
  public String name() {
    return "adafactor";
  }

  @Override
  public Tensor apply(Tensor gradient, Step s) {
    Tensor g = maximize ? s.enter(new Negate(), gradient) : gradient;
    Tensor u = s.enter(new ScaleByFactoredRms(beta2Decay, eps1), g);
    Scalar rootCount = new Scalar.Elements(Scope.TENSOR).sqrt();
    Scalar rms = s.let("r", u.norm(Scope.TENSOR).over(rootCount));
    Tensor clipped = u.over(Scalar.ONE.max(rms.over(s.hyper("d", d))));
    Scalar size =
        s.let("α", s.start().norm(Scope.TENSOR).over(rootCount).max(s.hyper("eps2", eps2)));
    Scalar eta = s.hyper("lr", lr);
    Scalar rate = size.times(eta.min(Scalar.ONE.over(s.t().sqrt())));
    if (weightDecay != 0) {
      Scalar shrunk = Scalar.ONE.minus(eta.times(s.hyper("weight_decay", weightDecay)));
      s.move(s.parameter().times(shrunk));
    }
    return s.descend(clipped, rate);
  }
}
