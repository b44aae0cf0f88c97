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
 * <p>With y = θ − max θ, τ lies in [−r, −r/n]. A search evaluates the sum, which falls as t grows,
 * at 16 t in geometric progression, and so keeps a 17th of the float32 numbers there, which alone
 * can part the y. Seven searches come down to two neighbours: up to 2³¹ elements there are 31 ln 2
 * · 2²⁴ steps of the finest, 17⁷ is more. Between neighbours the sum is a straight line. The
 * reference backend has other numbers there too: what each can add to the error of the sum is 2⁻²⁴
 * τ.
 */
@Described(
    value = "after the descent: shifts each tensor down and cuts at 0 so that it sums to radius",
    paper =
        "Duchi, Shalev-Shwartz, Singer and Chandra 2008, Efficient Projections onto the l1-Ball for"
            + " Learning in High Dimensions, Figure 1",
    differs = {"the paper sorts; here the threshold is searched for in passes over memory"})
public record ProjectSimplex(@Hyperparameter(range = "(0, inf)") double radius)
    implements Transformation {
  private static final int SEARCHES = 7;
  private static final int PARTS = 17;

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
    Tensor y = s.let("y", s.moved().minus(s.moved().largest(Scope.TENSOR)));
    Scalar tau = s.solving("τ", t -> excess(y, t), r, () -> threshold(y, r, s));
    // in two parts, for y − τ to keep its digits where both are large
    Scalar coarse = tau.float32();
    s.move(y.minus(coarse).minus(tau.minus(coarse)).max(Scalar.ZERO));
    return d;
  }

  private static Scalar excess(Tensor y, Scalar t) {
    return y.minus(t).max(Scalar.ZERO).sum(Scope.TENSOR);
  }

  /** A t and the sum there. */
  private record Point(Scalar t, Scalar sum) {
    static Point at(Scalar t, Tensor y, Step s) {
      Scalar rounded = s.let("t", t.float32());
      return new Point(rounded, s.let("f", excess(y, rounded)));
    }

    /** The other one if its sum reaches r, else this. */
    Point orReaching(Scalar r, Point other) {
      return choose(r, other, other, this);
    }

    /** The other one if its sum stays below r, else this. */
    Point orBelow(Scalar r, Point other) {
      return choose(r, other, this, other);
    }

    private static Point choose(Scalar r, Point asked, Point reaching, Point below) {
      return new Point(
          r.choose(Comparison.LESS_OR_EQUAL, asked.sum, reaching.t, below.t),
          r.choose(Comparison.LESS_OR_EQUAL, asked.sum, reaching.sum, below.sum));
    }

    Point let(Step s) {
      return new Point(s.let("t", t), s.let("f", sum));
    }
  }

  private static Scalar threshold(Tensor y, Scalar r, Step s) {
    Scalar n = new Scalar.Elements(Scope.TENSOR);
    Point low = Point.at(r.times(Scalar.of(-1 - MARGIN)), y, s);
    Point high = Point.at(r.over(n).times(Scalar.of(MARGIN - 1)), y, s);
    for (int search = 0; search < SEARCHES; search++) {
      Scalar ratio = s.let("q", high.t.over(low.t).pow(Scalar.of(1.0 / PARTS)));
      Point[] points = new Point[PARTS - 1];
      Scalar t = low.t;
      for (int i = 0; i < points.length; i++) {
        t = s.let("t", t.times(ratio));
        points[i] = Point.at(t, y, s);
      }
      for (int i = 0; i < points.length; i++) {
        low = low.orReaching(r, points[i]).let(s);
        high = high.orBelow(r, points[points.length - 1 - i]).let(s);
      }
    }
    Scalar drop = low.sum.minus(high.sum).max(Scalar.of(Double.MIN_VALUE));
    Scalar share = low.sum.minus(r).over(drop).min(Scalar.ONE);
    return low.t.plus(high.t.minus(low.t).times(share));
  }
}
