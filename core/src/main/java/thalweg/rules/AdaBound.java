package thalweg.rules;

import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Rule;
import thalweg.formula.Scalar;
import thalweg.formula.ScalarState;
import thalweg.formula.State;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.transforms.AddDecayedWeights;

/**
 * AdaBound: Adam whose rates are kept between bounds that close on one rate, so that it ends as
 * SGD.
 */
@Described(
    value = "Adam with rates between bounds that close on final_lr",
    paper =
        "Luo, Xiong, Liu and Sun 2019, Adaptive Gradient Methods with Dynamic Bound of Learning"
            + " Rate, Algorithm 2",
    differs = {
      "final_lr scales with lr / base_lr, as in the authors' program; base_lr is the configured lr,"
          + " the base of its schedule where it has one, and the first lr above 0 where that is 0",
      "the rates are bias-corrected as in Adam and are not divided by the root of t, as in the"
          + " authors' program; the paper does the reverse",
      "1e-15 is added under the root, as in pytorch_optimizer, which the recordings are of; the"
          + " authors' program adds nothing there",
      "weight_decay is L2, as in the authors' program"
    })
public record AdaBound(
    @Hyperparameter(value = "1e-3", range = "[0, inf)") double lr,
    @Hyperparameter(value = "0.9", range = "[0, 1)") double beta1,
    @Hyperparameter(value = "0.999", range = "[0, 1)") double beta2,
    @Hyperparameter(value = "0.1", range = "[0, inf)") double finalLr,
    @Hyperparameter(value = "1e-3", range = "[0, 1)") double gamma,
    @Hyperparameter(value = "1e-8", range = "[0, inf)") double eps,
    @Hyperparameter(value = "0", range = "[0, inf)") double weightDecay)
    implements Rule {
  /** Keeps the root away from 0; far below any square that matters. */
  private static final double UNDER_ROOT = 1e-15;

  public AdaBound {
    Hyperparameters.check(AdaBound.class, lr, beta1, beta2, finalLr, gamma, eps, weightDecay);
  }

  /** With this learning rate and every other default. */
  public static AdaBound lr(double lr) {
    return Hyperparameters.standard(AdaBound.class, lr);
  }

  public AdaBound beta1(double value) {
    return Hyperparameters.with(this, "beta1", value);
  }

  public AdaBound beta2(double value) {
    return Hyperparameters.with(this, "beta2", value);
  }

  public AdaBound finalLr(double value) {
    return Hyperparameters.with(this, "final_lr", value);
  }

  public AdaBound gamma(double value) {
    return Hyperparameters.with(this, "gamma", value);
  }

  public AdaBound eps(double value) {
    return Hyperparameters.with(this, "eps", value);
  }

  public AdaBound weightDecay(double value) {
    return Hyperparameters.with(this, "weight_decay", value);
  }

  @Override
  public String name() {
    return "adabound";
  }

  @Override
  public Tensor apply(Tensor gradient, Step s) {
    return descend(gradient, false, s);
  }

  /** As it is, or with the largest mean of squares so far in place of the latest. */
  Tensor descend(Tensor gradient, boolean largest, Step s) {
    Scalar eta = s.hyper("lr", lr);
    Scalar b1 = s.hyper("beta1", beta1);
    Scalar b2 = s.hyper("beta2", beta2);
    Tensor g = s.enter(new AddDecayedWeights(weightDecay), gradient);
    Tensor m = s.ema("exp_avg", "m", g, b1);
    Tensor v = s.ema("exp_avg_sq", "v", g.square(), b2);
    if (largest) {
      State most = s.state("max_exp_avg_sq", "v_max", 0);
      v = most.becomes(most.old().max(v));
    }

    Scalar root = Scalar.ONE.minus(b2.pow(s.t())).sqrt();
    Scalar rate = s.let("α", eta.times(root).over(Scalar.ONE.minus(b1.pow(s.t()))));
    Scalar last = s.let("ω", lastRate(eta, s));
    Scalar time = s.hyper("gamma", gamma).times(s.t());
    Scalar low = s.let("l", last.times(Scalar.ONE.minus(Scalar.ONE.over(time.plus(Scalar.ONE)))));
    Scalar high = s.let("u", last.times(Scalar.ONE.plus(Scalar.ONE.over(time))));
    Tensor size = v.plus(Scalar.of(UNDER_ROOT)).sqrt();
    Tensor adaptive = Tensor.of(rate).over(size.plus(s.hyper("eps", eps)));
    return s.descendBy(adaptive.clamp(low, high).times(m), eta);
  }

  /** The rate that the bounds close on, moved by whatever moves lr; 0 while lr has only been 0. */
  private Scalar lastRate(Scalar eta, Step s) {
    ScalarState base = s.number("base_lr", "η_0", lr);
    Scalar first = base.becomes(base.old().choose(base.old(), eta));
    Scalar scaled = s.hyper("final_lr", finalLr).times(eta).over(first);
    return first.choose(scaled, Scalar.ZERO);
  }
}
