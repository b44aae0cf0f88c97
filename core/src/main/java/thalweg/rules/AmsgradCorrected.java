package thalweg.rules;

import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Rule;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.transforms.Descend;
import thalweg.transforms.ScaleByAmsgrad;

/** AMSGrad with the bias correction in front of the maximum; {@link Adam#amsgrad} has it behind. */
@Described(
    value = "Adam whose rates never rise: the maximum of the bias-corrected second moment",
    paper = "Reddi, Kale and Kumar 2018, On the Convergence of Adam and Beyond, Algorithm 2",
    differs = {
      "the maximum is taken of the bias-corrected v, as Optax does; PyTorch (adam with amsgrad) and"
          + " the paper take it of the uncorrected one",
      "Optax has no default for lr; the one here is Adam's"
    })
public record AmsgradCorrected(
    @Hyperparameter(value = "1e-3", range = "[0, inf)") double lr,
    @Hyperparameter(value = "0.9", range = "[0, 1)") double beta1,
    @Hyperparameter(value = "0.999", range = "[0, 1)") double beta2,
    @Hyperparameter(value = "1e-8", range = "[0, inf)") double eps,
    @Hyperparameter(value = "0", range = "[0, inf)") double epsRoot)
    implements Rule {
  public AmsgradCorrected {
    Hyperparameters.check(AmsgradCorrected.class, lr, beta1, beta2, eps, epsRoot);
  }

  /** With this learning rate and every other default. */
  public static AmsgradCorrected lr(double lr) {
    return Hyperparameters.standard(AmsgradCorrected.class, lr);
  }

  public AmsgradCorrected beta1(double value) {
    return Hyperparameters.with(this, "beta1", value);
  }

  public AmsgradCorrected beta2(double value) {
    return Hyperparameters.with(this, "beta2", value);
  }

  public AmsgradCorrected eps(double value) {
    return Hyperparameters.with(this, "eps", value);
  }

  public AmsgradCorrected epsRoot(double value) {
    return Hyperparameters.with(this, "eps_root", value);
  }

  @Override
  public String name() {
    return "amsgrad_corrected";
  }

  @Override
  public Tensor apply(Tensor gradient, Step s) {
    return s.enter(
        new Descend(lr), s.enter(new ScaleByAmsgrad(beta1, beta2, eps, epsRoot), gradient));
  }
}
