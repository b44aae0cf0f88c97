package thalweg.torch;

/**
 * One update.
 *
 * @param step from 1, over all epochs
 * @param epoch from 1
 * @param loss mean over the samples of the step, before it
 * @param lr the learning rate of the step; NaN where the optimizer has none of that name
 * @param gradientNorm the Euclidean norm of all gradients together, before clipping
 * @param samples trained with in this step
 * @param forwardBackwardNanos spent in forward, loss, backward and the norm
 * @param optimizerNanos spent in zeroing the gradients and updating
 */
public record StepReport(
    long step,
    int epoch,
    double loss,
    double lr,
    double gradientNorm,
    int samples,
    long forwardBackwardNanos,
    long optimizerNanos) {}
