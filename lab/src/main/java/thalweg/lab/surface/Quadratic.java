package thalweg.lab.surface;

import java.util.Collections;
import java.util.List;
import thalweg.formula.Hyperparameter;
import thalweg.formula.Hyperparameters;
import thalweg.text.NumberText;

/**
 * A bowl with curvatures from 1 to {@code condition}, in equal ratios: what theory speaks of, and
 * where gradient descent and momentum have closed forms.
 *
 * @param condition the largest curvature over the smallest, which is 1
 * @param angle by how many degrees the axes are turned, the first with the last, the second with
 *     the last but one, and so on; methods that scale each coordinate are at home only at 0
 */
public record Quadratic(
    @Hyperparameter(value = "10", range = "[1, 1e9]") double condition,
    @Hyperparameter(value = "2", range = "[2, 1000]") int dimension,
    @Hyperparameter(value = "0", range = "[-180, 180]") double angle)
    implements Definition {
  public Quadratic {
    Hyperparameters.check(Quadratic.class, condition, dimension, angle);
  }

  @Override
  public String formula() {
    String c = NumberText.of(condition);
    if (angle == 0) {
      return dimension == 2
          ? "(x^2 + %s*y^2)/2".formatted(c)
          : "sum(i, 1, %d, %s^((i - 1)/%d)*x[i]^2)/2".formatted(dimension, c, dimension - 1);
    }
    String cos = "cos(%s*pi/180)".formatted(NumberText.of(angle));
    String sin = "sin(%s*pi/180)".formatted(NumberText.of(angle));
    if (dimension == 2) {
      return "((%2$s*x + %3$s*y)^2 + %1$s*(%2$s*y - %3$s*x)^2)/2".formatted(c, cos, sin);
    }
    String other = "x[%d - i]".formatted(dimension + 1);
    String middle =
        dimension % 2 == 0 ? "" : " + sqrt(%s)*x[%d]^2".formatted(c, (dimension + 1) / 2);
    return ("(sum(i, 1, %d, %s^((i - 1)/%5$d)*(%3$s*x[i] + %4$s*%6$s)^2"
            + " + %2$s^((%7$d - i)/%5$d)*(%3$s*%6$s - %4$s*x[i])^2)%8$s)/2")
        .formatted(dimension / 2, c, cos, sin, dimension - 1, other, dimension, middle);
  }

  @Override
  public Box box() {
    return Box.cube(dimension, -2, 2);
  }

  @Override
  public List<Minimum> minima() {
    return List.of(new Minimum(Collections.nCopies(dimension, 0.0), 0));
  }

  @Override
  public List<Double> start() {
    return Coordinates.alternating(dimension, -1.8, 1);
  }
}
