package thalweg.transforms;

import thalweg.formula.Comparison;
import thalweg.formula.Described;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.formula.Scalar;
import thalweg.formula.Scope;
import thalweg.formula.Step;
import thalweg.formula.Tensor;
import thalweg.formula.Transformation;

/**
 * Projects each tensor onto the simplex of its size, after the descent: {@code θ ← max(θ − τ, 0)}
 * with the τ that makes the sum {@code radius}. The sum is right up to the rounding of a float32
 * reduction (5e-6 of the radius); a NaN or +∞ makes its whole tensor NaN.
 *
 * <p>With y = θ − max θ, τ lies in [−r, −r/n]. Of the float32 numbers there, which alone can part
 * the y, a trip keeps a sixteenth: it evaluates Σ max(y − t, 0), which falls as t grows, at fifteen
 * t in geometric progression. Eight trips come down to two neighbours (23 bits, and 5 for log₂ n,
 * of 32), whatever the tensor holds. The number above τ then count exactly.
 */
@Described(
    value = "after the descent: shifts each tensor down and cuts at 0 so that it sums to radius",
    paper =
        "Duchi, Shalev-Shwartz, Singer and Chandra 2008, Efficient Projections onto the l1-Ball for"
            + " Learning in High Dimensions, Figure 1",
    differs = {"the paper sorts; here the threshold is searched in eleven trips over memory"})
public record ProjectSimplex(@Hyperparameter(range = "(0, inf)") double radius)
    implements Transformation {
  private static final int SEARCHES = 8;
  private static final int PARTS = 16;

  /** Wider than the rounding of an end of the bracket. */
  private static final double MARGIN = 0x1p-20;

  public ProjectSimplex {
    Hyperparameters.check(ProjectSimplex.class, radius);
  }

  @Override
  public String name() {
    return "project_simplex";
  }

  @Override
  public Tensor apply(Tensor d, Step s) {
    Scalar r = s.hyper("radius", radius);
    Scalar n = new Scalar.Elements(Scope.TENSOR);
    Tensor y = s.let("y", s.moved().minus(s.moved().largest(Scope.TENSOR)));
    Scalar low = float32(r.times(Scalar.of(-1 - MARGIN)), s);
    Scalar high = s.let("h", r.over(n).times(Scalar.of(MARGIN - 1)));
    for (int search = 0; search < SEARCHES; search++) {
      Scalar ratio = s.let("q", high.over(low).pow(Scalar.of(1.0 / PARTS)));
      Scalar nextLow = low;
      Scalar nextHigh = high;
      Scalar t = low;
      for (int part = 1; part < PARTS; part++) {
        Scalar next = float32(t.times(ratio), s);
        Scalar sum = s.let("f", excess(y, next));
        nextLow = r.choose(Comparison.LESS_OR_EQUAL, sum, next, nextLow);
        nextHigh = r.choose(Comparison.LESS_OR_EQUAL, sum, nextHigh, nextHigh.min(next));
        t = next;
      }
      low = s.let("l", nextLow);
      high = s.let("h", nextHigh);
    }
    Tensor above =
        y.choose(
            Comparison.LESS_OR_EQUAL,
            Tensor.of(low),
            Tensor.of(Scalar.ZERO),
            Tensor.of(Scalar.ONE));
    Scalar missing = excess(y, low).minus(r).over(above.sum(Scope.TENSOR));
    Scalar tau = s.let("τ", low.plus(missing.max(Scalar.ZERO)));
    // in two parts, for y − τ to keep its digits where both are large
    Scalar coarse = float32(tau, s);
    s.move(y.minus(coarse).minus(tau.minus(coarse)).max(Scalar.ZERO));
    return d;
  }

  private static Scalar excess(Tensor y, Scalar t) {
    return y.minus(t).max(Scalar.ZERO).sum(Scope.TENSOR);
  }

  /** The nearest float32, so that host and elements mean the same number (Veltkamp's splitting). */
  private static Scalar float32(Scalar x, Step s) {
    Scalar c = s.let("c", x.times(Scalar.of(0x1p29 + 1)));
    return s.let("t", c.minus(c.minus(x)));
  }
}
