package thalweg.formula;

import java.util.List;

/**
 * A line told by the equation it solves: {@code left = right}, in which the line itself stands as
 * the unknown. Printers write the equation; what is carried out is the line's own value.
 *
 * @param steps the lines that lead to the value and are read nowhere else; not printed
 */
public record Solution(Assignment line, Scalar left, Scalar right, List<Assignment> steps) {
  public Solution {
    steps = List.copyOf(steps);
  }
}
