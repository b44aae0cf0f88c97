package thalweg.lab.trace;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import thalweg.execute.Backends;
import thalweg.formula.Transformation;
import thalweg.lab.schedule.LearningRate;
import thalweg.lab.surface.Box;
import thalweg.optimizer.ArrayParameter;
import thalweg.optimizer.Group;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.Parameters;
import thalweg.optimizer.Regime;

/** Leads one optimizer over a surface, on the reference backend. Used once. */
final class Walker {
  /** Beyond so many widths of the box a walk has left for good. */
  static final double FAR = 1e6;

  /** Updates between two reports, and between two looks at whether to go on. */
  private static final int ROUND = 256;

  private final TraceRequest request;
  private final Contender contender;
  private final NoisySum sum;
  private final double[] x;
  private final double[] gradient;
  private final double[][] path;
  private final double[] loss;
  private final double[] norm;
  private final double[] rate;
  private double[] lr = {};

  /**
   * @param noise as {@link NoisySum#noise} draws it
   */
  Walker(TraceRequest request, Contender contender, double[][] noise) {
    this.request = request;
    this.contender = contender;
    x = request.start().stream().mapToDouble(Double::doubleValue).toArray();
    gradient = new double[x.length];
    sum = new NoisySum(request.surface(), x, gradient, noise);
    path = new double[request.steps() + 1][];
    loss = new double[path.length];
    norm = new double[path.length];
    rate = new double[path.length];
  }

  /**
   * Makes all updates, or those until it leaves.
   *
   * @throws CancellationException if the thread is interrupted
   */
  Walk walk(TraceListener listener) {
    Transformation rule = contender.rule();
    boolean scheduled = LearningRate.schedule(rule).isPresent();
    Regime regime = Regime.oneTerm(request.seed());
    goOn();
    record(0);
    try (Optimizer optimizer =
        Optimizer.over(Parameters.of(List.of(ArrayParameter.of("x", x, gradient))))
            .otherwise(rule)
            .backend(Backends.REFERENCE)
            .threads(1)
            .notices(_ -> {})
            .build()) {
      Group group = optimizer.group("default");
      String rateName = scheduled ? LearningRate.fullName(rule) : "";
      lr = new double[scheduled ? path.length : 0];
      for (int k = 1; k <= request.steps(); k++) {
        if (scheduled) {
          lr[k] = (double) group.get(rateName);
        }
        regime.update(optimizer, sum);
        Stop.Why amiss = amiss();
        if (amiss != null) {
          listener.advanced(contender.label(), request.steps() - (k - 1) / ROUND * ROUND);
          return result(new Stop(k, amiss));
        }
        record(k);
        if (scheduled) {
          optimizer.report(loss[k]);
        }
        if (k % ROUND == 0) {
          listener.advanced(contender.label(), ROUND);
          goOn();
        }
      }
    }
    listener.advanced(contender.label(), request.steps() % ROUND);
    return result(null);
  }

  private static void goOn() {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("the trace was stopped");
    }
  }

  private void record(int k) {
    path[k] = x.clone();
    loss[k] = sum.loss();
    norm[k] = sum.norm();
    if (k > 0) {
      double[] move = new double[x.length];
      for (int c = 0; c < x.length; c++) {
        move[c] = path[k][c] - path[k - 1][c];
      }
      double given = sum.givenNorm();
      rate[k] = given == 0 ? Double.NaN : NoisySum.norm(move) / given;
    }
  }

  /** Why what is here now, or where a rule looked ahead, cannot be kept; null if it can. */
  private Stop.@Nullable Why amiss() {
    double[] looked = sum.amiss();
    return looked == null
        ? amiss(x, sum.loss(), sum.norm())
        : amiss(looked, sum.amissLoss(), Double.NaN);
  }

  private Stop.@Nullable Why amiss(double[] place, double there, double steepness) {
    Box box = request.surface().box();
    for (int c = 0; c < place.length; c++) {
      double width = box.high().get(c) - box.low().get(c);
      double middle = box.low().get(c) + width / 2;
      if (!(Math.abs(place[c] - middle) <= FAR * width)) {
        return Stop.Why.LEFT;
      }
    }
    if (Double.isFinite(there) && Double.isFinite(steepness)) {
      return null;
    }
    // Out there what is infinite has become too large for a double; within, it is a pole.
    boolean overflow = there == Double.POSITIVE_INFINITY || Double.isInfinite(steepness);
    return overflow && !box.contains(place) ? Stop.Why.LEFT : Stop.Why.UNDEFINED;
  }

  private Walk result(@Nullable Stop stop) {
    int length = stop == null ? path.length : stop.at();
    if (lr.length > 1) {
      lr[0] = lr[1];
    }
    return new Walk(
        contender.label(),
        contender.spec(),
        LearningRate.shown(contender.rule()),
        Arrays.copyOf(path, length),
        Arrays.copyOf(loss, length),
        Arrays.copyOf(norm, length),
        Arrays.copyOf(rate, length),
        Arrays.copyOf(lr, lr.length == 0 ? 0 : length),
        stop);
  }
}
