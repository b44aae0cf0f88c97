package thalweg.transforms;

import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.formula.Transformation;

/**
 * Moves the parameter against the direction, once in a chain. Projections and proximal steps behind
 * it move the parameter on from there.
 */
@Described(
    value = "moves the parameter against the direction, lr times its length",
    paper = "Cauchy 1847, Méthode générale pour la résolution des systèmes d'équations simultanées")
public record Descend(@Hyperparameter(range = "[0, inf)") double lr) implements Transformation {
  public Descend {
    Hyperparameters.check(Descend.class, lr);
  }

  @Override
  public String name() {
    return "descend";
  }

  @Override
  public Tensor apply(Tensor d, Step s) {
    return s.descend(d, s.hyper("lr", lr));
  }
}
