package thalweg.print;

import java.util.List;
import thalweg.formula.Comparison;

/** A way to write mathematics down. The walk over the formula knows none of its signs. */
sealed interface Notation permits TextNotation, LatexNotation {
  /** Which value of a name is meant. */
  enum Moment {
    /** The name has one value: a hyperparameter. */
    ALWAYS,
    /** The value of this update. */
    NOW,
    /** The value before this update, where the place in the order of lines says so already. */
    BEFORE,
    /** The value before this update, where nothing else says so. */
    BEFORE_MARKED
  }

  /** What becomes one number. */
  enum Aggregate {
    NORM,
    SUM,
    MEAN,
    LARGEST
  }

  /**
   * A name.
   *
   * @param primes how many marks set it apart from others of the same symbol
   */
  Term name(String symbol, int primes, Moment moment);

  Term number(double value);

  Term time();

  /** How many elements there are in {@code over}: {@code model}, {@code tensor}, {@code row}, … */
  Term elements(String over);

  Term sum(Term x, Term y);

  Term difference(Term x, Term y);

  Term product(Term x, Term y);

  Term quotient(Term x, Term y);

  Term power(Term x, Term exponent);

  Term negated(Term x);

  Term root(Term x);

  Term absolute(Term x);

  /** A named function, such as {@code max(a, b)}. */
  Term call(String function, List<Term> arguments);

  Term aggregate(Aggregate kind, String over, Term x);

  /** The number of axes of the tensor. */
  Term rank();

  /** {@code x comparison y}, as a condition. */
  Term comparison(Comparison comparison, Term x, Term y);

  Term choice(Term condition, Term then, Term otherwise);

  /**
   * One assignment.
   *
   * @param again whether the name had another value in this update before
   */
  String line(Term name, Term value, boolean again);

  /** A line told by the equation it solves. */
  String solves(Term name, Term equation);

  /** A gradient at a point: of one term, or the mean of all. */
  Term gradient(Term point, boolean full);

  /** A line that is carried out only where a condition is not 0. */
  String when(String line, Term condition);
}
