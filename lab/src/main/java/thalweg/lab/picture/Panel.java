package thalweg.lab.picture;

import java.util.List;

/** A part of a picture: what stays, and what grows with the steps. */
interface Panel {
  /** What is there before the first step. */
  List<Figure> ground();

  /** What the first steps of every walk add, 0 for the start alone. */
  List<Figure> until(int step);
}
