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

  /** See {@link ClipByNorm}. */
  public static ClipByNorm clipByNorm(double maxNorm) {
    return new ClipByNorm(maxNorm);
  }

  /** See {@link ClipByGlobalNorm}. */
  public static ClipByGlobalNorm clipByGlobalNorm(double maxNorm) {
    return new ClipByGlobalNorm(maxNorm);
  }

  /** See {@link Scale}. */
  public static Scale scale(double factor) {
    return new Scale(factor);
  }

  /** See {@link Sign}. */
  public static Sign sign() {
    return new Sign();
  }

  /** See {@link Ema}. */
  public static Ema ema(double decay) {
    return new Ema(decay);
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

  /** See {@link ProjectNonnegative}. */
  public static ProjectNonnegative projectNonnegative() {
    return new ProjectNonnegative();
  }

  /** See {@link ProjectBox}. */
  public static ProjectBox projectBox(double lower, double upper) {
    return new ProjectBox(lower, upper);
  }

  /** See {@link ProjectL2Ball}. */
  public static ProjectL2Ball projectL2Ball(double radius) {
    return new ProjectL2Ball(radius);
  }

  /** See {@link ProjectSimplex}. */
  public static ProjectSimplex projectSimplex(double radius) {
    return new ProjectSimplex(radius);
  }

  /** See {@link ProxL1}. */
  public static ProxL1 proxL1(double l1) {
    return new ProxL1(l1);
  }

  /** See {@link ProxL2}. */
  public static ProxL2 proxL2(double l2) {
    return new ProxL2(l2);
  }

  /** See {@link ProxElasticNet}. */
  public static ProxElasticNet proxElasticNet(double l1, double l2) {
    return new ProxElasticNet(l1, l2);
  }
}
