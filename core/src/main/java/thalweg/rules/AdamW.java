package thalweg.rules;

import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Rule;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.transforms.DecayWeights;
import thalweg.transforms.Descend;
import thalweg.transforms.EpsPlacement;
import thalweg.transforms.Negate;
import thalweg.transforms.ScaleByAdam;

/** AdamW: Adam's direction, with weight decay that the means never see. */
@Described(
    value = "Adam with decoupled weight decay",
    paper = "Loshchilov and Hutter 2019, Decoupled Weight Decay Regularization, Algorithm 2",
    differs = {
      "the decay is scaled by lr, as in PyTorch; the paper scales it by the schedule multiplier"
          + " alone"
    })
public record AdamW(
    @Hyperparameter(value = "1e-3", range = "[0, inf)") double lr,
    @Hyperparameter(value = "0.9", range = "[0, 1)") double beta1,
    @Hyperparameter(value = "0.999", range = "[0, 1)") double beta2,
    @Hyperparameter(value = "1e-8", range = "[0, inf)") double eps,
    @Hyperparameter(value = "1e-2", range = "[0, inf)") double weightDecay,
    @Hyperparameter("false") boolean amsgrad,
    @Hyperparameter("outside") EpsPlacement epsPlacement,
    @Hyperparameter("true") boolean biasCorrection,
    @Hyperparameter("false") boolean maximize)
    implements Rule {
  public AdamW {
    Hyperparameters.check(
        AdamW.class,
        lr,
        beta1,
        beta2,
        eps,
        weightDecay,
        amsgrad,
        epsPlacement,
        biasCorrection,
        maximize);
  }

  /** With this learning rate and every other default. */
  public static AdamW lr(double lr) {
    return Hyperparameters.standard(AdamW.class, lr);
  }

  public AdamW beta1(double value) {
    return Hyperparameters.with(this, "beta1", value);
  }

  public AdamW beta2(double value) {
    return Hyperparameters.with(this, "beta2", value);
  }

  public AdamW eps(double value) {
    return Hyperparameters.with(this, "eps", value);
  }

  public AdamW weightDecay(double value) {
    return Hyperparameters.with(this, "weight_decay", value);
  }

  public AdamW amsgrad(boolean value) {
    return Hyperparameters.with(this, "amsgrad", value);
  }

  public AdamW epsPlacement(EpsPlacement value) {
    return Hyperparameters.with(this, "eps_placement", value);
  }

  public AdamW biasCorrection(boolean value) {
    return Hyperparameters.with(this, "bias_correction", value);
  }

  public AdamW maximize(boolean value) {
    return Hyperparameters.with(this, "maximize", value);
  }

  @Override
  public String name() {
    return "adamw";
  }

  @Override
  public Tensor apply(Tensor gradient, Step s) {
    Tensor g = maximize ? s.enter(new Negate(), gradient) : gradient;
    g = s.enter(new ScaleByAdam(beta1, beta2, eps, amsgrad, epsPlacement, biasCorrection), g);
    g = s.enter(new DecayWeights(weightDecay), g);
    return s.enter(new Descend(lr), g);
  }
}
