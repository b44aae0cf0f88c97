package thalweg.lab.compare;

/**
 * What one learning rate of the grid gave.
 *
 * @param validationLoss at the end of the tuning run; NaN when it diverged
 * @param diverged whether the loss became infinite or NaN
 */
public record TuningPoint(double rate, double validationLoss, boolean diverged) {}
