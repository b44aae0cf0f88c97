package thalweg.lab.surface;

import java.util.List;
import java.util.SplittableRandom;

/** Random places in boxes, for tests. */
final class Places {
  private Places() {}

  static double[] in(Box box, SplittableRandom random) {
    double[] x = new double[box.low().size()];
    for (int i = 0; i < x.length; i++) {
      x[i] = random.nextDouble(box.low().get(i), box.high().get(i));
    }
    return x;
  }

  static double[] of(List<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
