package thalweg.optimizer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The number that a loss is multiplied with, so that small gradients do not vanish in 16 bits
 * (Micikevicius et al. 2018, Mixed Precision Training, section 3.2). The optimizer divides by it
 * again inside its update; gradients in memory stay as they are.
 *
 * <p>A dynamic one, as {@code torch.amp.GradScaler}: an update whose gradients have an infinite or
 * NaN element anywhere is left out and the scale multiplied by the backoff factor; after so many
 * good updates in a row as the growth interval says it is multiplied by the growth factor. It
 * serves one optimizer ({@link Optimizer.Builder#lossScaling}).
 *
 * <p>Differs from GradScaler: nothing is unscaled in place, and a chain sees the gradient itself,
 * so {@code clip_by_global_norm} needs no further call; the scale stops at 2⁻¹²⁶, where that goes
 * on to 0; a fixed one leaves updates out as well.
 */
public final class LossScaler {
  private static final String SCALE = "loss_scale/scale";
  private static final String GOOD_STEPS = "loss_scale/good_steps";

  private final double initScale;
  private final double growthFactor;
  private final double backoffFactor;
  private final int growthInterval;
  private final boolean isDynamic;
  private float scale;
  private int goodSteps;
  private long skippedSteps;
  private boolean taken;

  private LossScaler(
      double initScale,
      double growthFactor,
      double backoffFactor,
      int growthInterval,
      boolean isDynamic) {
    this.scale = (float) initScale;
    check(scale > 0 && Float.isFinite(scale), "initScale", "a positive float32", initScale);
    check(
        growthFactor > 1 && growthFactor <= Float.MAX_VALUE,
        "growthFactor",
        "over 1",
        growthFactor);
    check(backoffFactor > 0 && backoffFactor < 1, "backoffFactor", "in (0, 1)", backoffFactor);
    check(growthInterval >= 1, "growthInterval", "at least 1", growthInterval);
    this.initScale = initScale;
    this.growthFactor = growthFactor;
    this.backoffFactor = backoffFactor;
    this.growthInterval = growthInterval;
    this.isDynamic = isDynamic;
  }

  private static void check(boolean holds, String name, String range, Number got) {
    if (!holds) {
      throw new IllegalArgumentException(
          "LossScaler.%s must be %s, got %s".formatted(name, range, got));
    }
  }

  /** GradScaler's defaults: from 65536, times 2 after 2000 good updates, halved by a bad one. */
  public static LossScaler dynamic() {
    return new LossScaler(65536, 2, 0.5, 2000, true);
  }

  /** The same scale for ever. */
  public static LossScaler fixed(double scale) {
    return new LossScaler(scale, 2, 0.5, 2000, false);
  }

  /**
   * A new one that begins with this scale.
   *
   * @param value over 0; 65536 by default
   */
  public LossScaler initScale(double value) {
    return new LossScaler(value, growthFactor, backoffFactor, growthInterval, isDynamic);
  }

  /**
   * A new one that grows by this factor.
   *
   * @param value over 1; 2 by default
   */
  public LossScaler growthFactor(double value) {
    return new LossScaler(initScale, value, backoffFactor, growthInterval, isDynamic);
  }

  /**
   * A new one that backs off by this factor.
   *
   * @param value in (0, 1); 0.5 by default
   */
  public LossScaler backoffFactor(double value) {
    return new LossScaler(initScale, growthFactor, value, growthInterval, isDynamic);
  }

  /**
   * A new one that grows after so many good updates in a row.
   *
   * @param updates at least 1; 2000 by default
   */
  public LossScaler growthInterval(int updates) {
    return new LossScaler(initScale, growthFactor, backoffFactor, updates, isDynamic);
  }

  /** What the next loss is to be multiplied with before going backward. */
  public double scale() {
    return scale;
  }

  /** Good updates in a row since the scale has changed. */
  public int goodSteps() {
    return goodSteps;
  }

  /** Updates left out since this one was made. */
  public long skippedSteps() {
    return skippedSteps;
  }

  /** Says that it belongs to an optimizer. */
  void take() {
    if (taken) {
      throw new IllegalArgumentException(
          "this LossScaler serves another optimizer; make one for each");
    }
    taken = true;
  }

  /** Takes over whether the gradients of an update were finite. */
  void update(boolean finite) {
    if (!finite) {
      skippedSteps++;
    }
    if (!isDynamic) {
      return;
    }
    if (!finite) {
      scale = Math.max((float) (scale * backoffFactor), Float.MIN_NORMAL);
      goodSteps = 0;
      return;
    }
    goodSteps++;
    if (goodSteps == growthInterval) {
      float grown = (float) (scale * growthFactor);
      scale = Float.isFinite(grown) ? grown : scale;
      goodSteps = 0;
    }
  }

  void save(Map<String, Double> progress) {
    if (isDynamic) {
      progress.put(SCALE, (double) scale);
      progress.put(GOOD_STEPS, (double) goodSteps);
    }
  }

  /** Finds what is wrong with the scale of a state; one without begins as a new one does. */
  static void compare(boolean wanted, Map<String, Double> progress, List<String> wrong) {
    Double saved = progress.get(SCALE);
    Double good = progress.get(GOOD_STEPS);
    if (!wanted && (saved != null || good != null)) {
      wrong.add(
          "'%s' is not known here; build with lossScaling(LossScaler.dynamic())"
              .formatted(saved == null ? GOOD_STEPS : SCALE));
    }
    if (wanted && (saved == null) != (good == null)) {
      wrong.add("'%s' is missing".formatted(saved == null ? SCALE : GOOD_STEPS));
    }
    if (wanted && saved != null && !((float) (double) saved > 0 && saved <= Float.MAX_VALUE)) {
      wrong.add("'%s' must be a positive float32, got %s".formatted(SCALE, saved));
    }
    if (wanted
        && good != null
        && !(good >= 0 && good <= Integer.MAX_VALUE && good == Math.rint(good))) {
      wrong.add("'%s' must be a count, got %s".formatted(GOOD_STEPS, good));
    }
  }

  /** Takes over the scale of a state; begins as a new one does where it has none that fits. */
  void load(Map<String, Double> progress) {
    List<String> wrong = new ArrayList<>();
    compare(true, progress, wrong);
    if (!wrong.isEmpty()) {
      load(Map.of());
    } else if (isDynamic) {
      scale = (float) (double) progress.getOrDefault(SCALE, (double) (float) initScale);
      goodSteps = (int) (double) progress.getOrDefault(GOOD_STEPS, 0.0);
    }
  }

  boolean isDynamic() {
    return isDynamic;
  }

  @Override
  public String toString() {
    return isDynamic
        ? "loss scale %s, times %s after %d good updates, times %s after a bad one"
            .formatted(text(scale), text(growthFactor), growthInterval, text(backoffFactor))
        : "loss scale %s, fixed".formatted(text(scale));
  }

  private static String text(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : Double.toString(number);
  }
}
