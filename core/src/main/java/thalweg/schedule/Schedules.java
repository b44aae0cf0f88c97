package thalweg.schedule;

import java.util.Arrays;
import java.util.List;
import java.util.function.LongToDoubleFunction;
import thalweg.formula.Schedule;

/**
 * The schedules under the names they have in text form, for a static import: {@code
 * warmup(2_000).then(cosineAnnealing(98_000).to(3e-5))}.
 */
public final class Schedules {
  private Schedules() {}

  /** See {@link Constant}. */
  public static Constant constant(double factor, long totalIters) {
    return new Constant(factor, totalIters);
  }

  /** See {@link StepDecay}. */
  public static StepDecay step(long stepSize, double gamma) {
    return new StepDecay(stepSize, gamma);
  }

  /** See {@link MultiStep}. */
  public static MultiStep multiStep(double gamma, long... milestones) {
    return new MultiStep(Arrays.stream(milestones).boxed().toList(), gamma);
  }

  /** See {@link Exponential}. */
  public static Exponential exponential(double gamma) {
    return new Exponential(gamma);
  }

  /** See {@link Linear}. */
  public static Linear linear(double startFactor, double endFactor, long totalIters) {
    return new Linear(startFactor, endFactor, totalIters);
  }

  /** See {@link Polynomial}. */
  public static Polynomial polynomial(long totalIters, double power) {
    return new Polynomial(totalIters, power);
  }

  /** To 0; see {@link CosineAnnealing}. */
  public static CosineAnnealing cosineAnnealing(long tMax) {
    return new CosineAnnealing(tMax, 0);
  }

  /** To 0; see {@link CosineAnnealingWarmRestarts}. */
  public static CosineAnnealingWarmRestarts cosineAnnealingWarmRestarts(long t0, long tMult) {
    return new CosineAnnealingWarmRestarts(t0, tMult, 0);
  }

  /** See {@link Cyclic}. */
  public static Cyclic cyclic(double baseLr, double maxLr, double stepSizeUp) {
    return Cyclic.between(baseLr, maxLr, stepSizeUp);
  }

  /** See {@link OneCycle}. */
  public static OneCycle oneCycle(double maxLr, long totalSteps) {
    return OneCycle.to(maxLr, totalSteps);
  }

  /** See {@link Lambda}. */
  public static Lambda lambda(LongToDoubleFunction factor) {
    return new Lambda(factor);
  }

  /** See {@link Multiplicative}. */
  public static Multiplicative multiplicative(LongToDoubleFunction factor) {
    return new Multiplicative(factor);
  }

  /** See {@link InverseSqrt}. */
  public static InverseSqrt inverseSqrt(long warmupSteps) {
    return new InverseSqrt(warmupSteps, -1);
  }

  /** See {@link Noam}. */
  public static Noam noam(long dModel, long warmupSteps) {
    return new Noam(dModel, warmupSteps);
  }

  /** With a decay in a line to 0; see {@link Wsd}. */
  public static Wsd wsd(long warmupSteps, long stableSteps, long decaySteps) {
    return new Wsd(warmupSteps, stableSteps, decaySteps, Wsd.Decay.LINEAR, 0);
  }

  /** In a line from 0; see {@link Warmup}. */
  public static Warmup warmup(long steps) {
    return new Warmup(steps, Warmup.Kind.LINEAR, 0);
  }

  /** See {@link Sequential}. */
  public static Sequential sequential(List<Schedule> schedules, List<Long> milestones) {
    return new Sequential(schedules, milestones);
  }

  /** See {@link Chained}. */
  public static Chained chained(Schedule... schedules) {
    return new Chained(List.of(schedules));
  }

  /** With PyTorch's defaults; see {@link ReduceOnPlateau}. */
  public static ReduceOnPlateau reduceOnPlateau() {
    return ReduceOnPlateau.standard();
  }
}
