package thalweg.transforms;

import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.formula.Transformation;

/**
 * The proximal step of {@code l1 ‖θ‖₁ + l2/2 ‖θ‖²}, after the descent: {@link ProxL1}, then {@link
 * ProxL2}.
 */
@Described(
    value = "after the descent: shrinks by lr * l1 towards 0, then divides by 1 + lr * l2",
    paper =
        "Zou and Hastie 2005, Regularization and Variable Selection via the Elastic Net; the step:"
            + " Parikh and Boyd 2014, Proximal Algorithms, section 6.5",
    differs = {
      "the paper's penalty is λ₂ |θ|² without the half, and its estimate is multiplied by 1 + λ₂ in"
          + " the end: this is its naive elastic net with λ₂ = l2 / 2"
    })
public record ProxElasticNet(
    @Hyperparameter(range = "[0, inf)") double l1, @Hyperparameter(range = "[0, inf)") double l2)
    implements Transformation {
  public ProxElasticNet {
    Hyperparameters.check(ProxElasticNet.class, l1, l2);
  }

  @Override
  public String name() {
    return "prox_elastic_net";
  }

  @Override
  public Tensor apply(Tensor d, Step s) {
    return s.enter(new ProxL2(l2), s.enter(new ProxL1(l1), d));
  }
}
