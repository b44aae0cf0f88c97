package thalweg.transforms;

import thalweg.formula.Chain;
import thalweg.formula.Transformation;

/** The pieces of chains under the names they have in text form, for a static import. */
public final class Transformations {
  private Transformations() {}

  /** Applied one after the other: {@code a | b | c}. */
  public static Chain chain(Transformation... links) {
    return Chain.of(links);
  }

  /** See {@link ClipByValue}. */
  public static ClipByValue clipByValue(double clipValue) {
    return new ClipByValue(clipValue);
  }

  /** See {@link ClipByGlobalNorm}. */
  public static ClipByGlobalNorm clipByGlobalNorm(double maxNorm) {
    return new ClipByGlobalNorm(maxNorm);
  }

  /** L2: see {@link AddDecayedWeights}. */
  public static AddDecayedWeights addDecayedWeights(double weightDecay) {
    return new AddDecayedWeights(weightDecay);
  }

  /** Decoupled: see {@link DecayWeights}. */
  public static DecayWeights decayWeights(double weightDecay) {
    return new DecayWeights(weightDecay);
  }

  /** See {@link Descend}. */
  public static Descend descend(double lr) {
    return new Descend(lr);
  }
}
