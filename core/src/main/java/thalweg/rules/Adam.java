package thalweg.rules;

import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Rule;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.transforms.AddDecayedWeights;
import thalweg.transforms.DecayWeights;
import thalweg.transforms.Descend;
import thalweg.transforms.EpsPlacement;
import thalweg.transforms.Negate;
import thalweg.transforms.ScaleByAdam;

/** Adam; its {@code weight_decay} is L2, which enters both means (see {@link AdamW}). */
@Described(
    value = "adaptive rates from running means of the gradient and of its square",
    paper =
        "Kingma and Ba 2015, Adam: A Method for Stochastic Optimization, Algorithm 1; amsgrad:"
            + " Reddi, Kale and Kumar 2018, Algorithm 2",
    differs = {
      "amsgrad keeps the maximum of the uncorrected v, as PyTorch does; Optax corrects v first"
    })
public record Adam(
    @Hyperparameter(value = "1e-3", range = "[0, inf)") double lr,
    @Hyperparameter(value = "0.9", range = "[0, 1)") double beta1,
    @Hyperparameter(value = "0.999", range = "[0, 1)") double beta2,
    @Hyperparameter(value = "1e-8", range = "[0, inf)") double eps,
    @Hyperparameter(value = "0", range = "[0, inf)") double weightDecay,
    @Hyperparameter("false") boolean amsgrad,
    @Hyperparameter("outside") EpsPlacement epsPlacement,
    @Hyperparameter("true") boolean biasCorrection,
    @Hyperparameter("false") boolean maximize,
    @Hyperparameter("false") boolean decoupledWeightDecay)
    implements Rule {
  public Adam {
    Hyperparameters.check(
        Adam.class,
        lr,
        beta1,
        beta2,
        eps,
        weightDecay,
        amsgrad,
        epsPlacement,
        biasCorrection,
        maximize,
        decoupledWeightDecay);
  }

  /** With this learning rate and every other default. */
  public static Adam lr(double lr) {
    return Hyperparameters.standard(Adam.class, lr);
  }

  public Adam beta1(double value) {
    return Hyperparameters.with(this, "beta1", value);
  }

  public Adam beta2(double value) {
    return Hyperparameters.with(this, "beta2", value);
  }

  public Adam eps(double value) {
    return Hyperparameters.with(this, "eps", value);
  }

  public Adam weightDecay(double value) {
    return Hyperparameters.with(this, "weight_decay", value);
  }

  public Adam amsgrad(boolean value) {
    return Hyperparameters.with(this, "amsgrad", value);
  }

  public Adam epsPlacement(EpsPlacement value) {
    return Hyperparameters.with(this, "eps_placement", value);
  }

  public Adam biasCorrection(boolean value) {
    return Hyperparameters.with(this, "bias_correction", value);
  }

  public Adam maximize(boolean value) {
    return Hyperparameters.with(this, "maximize", value);
  }

  /** Whether the decay is {@link AdamW}'s. */
  public Adam decoupledWeightDecay(boolean value) {
    return Hyperparameters.with(this, "decoupled_weight_decay", value);
  }

  @Override
  public String name() {
    return "adam";
  }

  @Override
  public Tensor apply(Tensor gradient, Step s) {
    Tensor g = maximize ? s.enter(new Negate(), gradient) : gradient;
    g = decoupledWeightDecay ? g : s.enter(new AddDecayedWeights(weightDecay), g);
    g = s.enter(new ScaleByAdam(beta1, beta2, eps, amsgrad, epsPlacement, biasCorrection), g);
    g = decoupledWeightDecay ? s.enter(new DecayWeights(weightDecay), g) : g;
    return s.enter(new Descend(lr), g);
  }
}
