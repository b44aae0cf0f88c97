package thalweg.lab.data;

import thalweg.lab.BadInput;
import thalweg.text.NumberText;

/**
 * Which shares of the rows are set aside; the rest trains.
 *
 * @param validation in (0, 1)
 * @param test in [0, 1), and less than 1 together with validation
 */
public record Shares(double validation, double test) {
  /** A fifth validates, nothing tests. */
  public static final Shares FIFTH = new Shares(0.2, 0);

  public Shares {
    if (!(validation > 0 && validation < 1)) {
      throw new BadInput(
          "the validation share must be in (0, 1), got %s; use 0.2"
              .formatted(NumberText.of(validation)));
    }
    if (!(test >= 0 && test < 1)) {
      throw new BadInput(
          "the test share must be in [0, 1), got %s; use 0.1".formatted(NumberText.of(test)));
    }
    if (validation + test >= 1) {
      throw new BadInput(
          "a validation share of %s and a test share of %s leave nothing to train on; use smaller ones"
              .formatted(validation, test));
    }
  }
}
