package thalweg.lab.surface;

import java.util.List;

/**
 * What makes a surface: one formula, and what is known about it. Value, gradient, map and text are
 * readings of it. A named one is a record whose components are its arguments in the text form;
 * {@link Surfaces} lists them.
 */
public interface Definition {
  /** The function, in the language of {@link Expression}. */
  String formula();

  /** How many numbers the formula takes. */
  default int dimension() {
    return 2;
  }

  /** The part that pictures show and starts are taken from. */
  Box box();

  /** The global minima that are known; none where there is none or nobody recorded any. */
  default List<Minimum> minima() {
    return List.of();
  }

  /** The usual start, inside the box. */
  List<Double> start();
}
