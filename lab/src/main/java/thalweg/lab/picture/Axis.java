package thalweg.lab.picture;

import java.util.ArrayList;
import java.util.List;

/**
 * A range of values and where they lie on it.
 *
 * @param low below {@code high}; above 0 on a logarithmic axis
 */
record Axis(String name, double low, double high, boolean logarithmic) {
  private static final double[] ONCE = {1};

  /** A value with the text to write at it. */
  record Tick(double value, String text) {}

  Axis {
    if (!(low < high) || logarithmic && !(low > 0)) {
      throw new IllegalArgumentException("axis %s from %s to %s".formatted(name, low, high));
    }
  }

  static Axis linear(String name, double low, double high) {
    return new Axis(name, low, high, false);
  }

  static Axis logarithmic(String name, double low, double high) {
    return new Axis(name, low, high, true);
  }

  /** 0 at the low end, 1 at the high end, beyond them outside. */
  double share(double value) {
    return logarithmic
        ? Math.log(value / low) / Math.log(high / low)
        : (value - low) / (high - low);
  }

  /** Round values on it, {@code most} and one or two more at most. */
  List<Tick> ticks(int most) {
    return logarithmic ? powers(most) : rounds(most);
  }

  /** Powers of ten, with twice and five times them where there is room. */
  private List<Tick> powers(int most) {
    if (high / low < 1.5) {
      return rounds(most);
    }
    double[] times = Math.log10(high / low) * 3 <= most + 1 ? new double[] {1, 2, 5} : ONCE;
    int from = (int) Math.floor(Math.log10(low));
    int to = (int) Math.floor(Math.log10(high));
    int step = Math.max(1, Math.ceilDiv(to - from, most));
    List<Tick> ticks = new ArrayList<>();
    for (int power = Math.ceilDiv(from, step) * step; power <= to; power += step) {
      for (double time : times) {
        double value = time * Math.pow(10, power);
        if (value >= low && value <= high) {
          ticks.add(new Tick(value, Numbers.text(value)));
        }
      }
    }
    return ticks;
  }

  private List<Tick> rounds(int most) {
    double power = Math.pow(10, Math.floor(Math.log10((high - low) / most)));
    double step = power;
    for (int times : List.of(1, 2, 5, 10)) {
      step = times * power;
      if ((high - low) / step <= most + 1) {
        break;
      }
    }
    List<Tick> ticks = new ArrayList<>();
    long from = (long) Math.ceil(low / step - 1e-9);
    long to = (long) Math.floor(high / step + 1e-9);
    for (long k = from; k <= to; k++) {
      ticks.add(new Tick(k * step, Numbers.text(k * step)));
    }
    return ticks;
  }
}
