package thalweg.torch;

import org.jspecify.annotations.Nullable;
import thalweg.formula.Transformation;
import thalweg.optimizer.Group;
import thalweg.optimizer.Optimizer;

/** The learning rate of an optimizer's first group, asked for at every step. */
final class Rate {
  private static final String NAME = "lr";

  private final Group group;
  private @Nullable Transformation known;
  private double constant;
  private boolean follows;

  Rate(Optimizer optimizer) {
    this.group = optimizer.groups().getFirst();
    look();
  }

  /** Of the next update; NaN if the rule has no rate. */
  double next() {
    if (known != group.rule()) { // a rule is a value: another one where a hyperparameter was set
      look();
    }
    return follows ? number(group.get(NAME)) : constant;
  }

  private void look() {
    known = group.rule();
    try {
      constant = number(group.get(NAME));
      follows = group.schedule(NAME).isPresent();
    } catch (IllegalArgumentException e) {
      constant = Double.NaN;
      follows = false;
    }
  }

  private static double number(Object value) {
    return value instanceof Number number ? number.doubleValue() : Double.NaN;
  }
}
