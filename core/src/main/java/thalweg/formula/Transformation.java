package thalweg.formula;

/**
 * Maps an incoming direction to an outgoing one: a gradient to a clipped gradient, a gradient to
 * Adam's direction. Only {@code descend} moves the parameter, and what stands behind it moves it
 * on: projections and proximal steps, which hand the direction through. Implementations are records
 * whose components are the hyperparameters, so a transformation is a plain value; they are public
 * and in a package that is exported, so that the components can be read.
 */
public interface Transformation {
  /** Its name in text form, such as {@code clip_by_global_norm}. */
  String name();

  /** Writes the mathematics down. Called once, when a formula is made; never during a step. */
  Tensor apply(Tensor direction, Step step);

  /**
   * This one with a hyperparameter that follows a schedule. Schedules without a base of their own
   * start from its value here.
   *
   * @param hyper its name in text form, such as {@code lr}
   * @throws IllegalArgumentException if it has no such hyperparameter or that is not a number
   */
  default Scheduled scheduled(String hyper, Schedule schedule) {
    return Scheduled.of(this, hyper, schedule);
  }
}
