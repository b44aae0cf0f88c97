package thalweg.torch;

/** A mean of the weights over a run, which often does better than the last of them. */
public sealed interface Averaging {
  /** The text form: {@code ema(decay=0.999)}, {@code swa(from_epoch=10)}. */
  String text();

  /**
   * After each update a ← d a + (1 − d) w, where d = min(decay, (1 + t) / (10 + t)) at update t, so
   * that the random start is soon forgotten (Polyak and Juditsky 1992; the warm-up is
   * TensorFlow's). Running means of a normalization are averaged as well.
   *
   * @param decay in (0, 1)
   */
  record Ema(double decay) implements Averaging {
    public Ema {
      if (!(decay > 0 && decay < 1)) {
        throw new IllegalArgumentException("Ema.decay must be in (0, 1), got " + decay);
      }
    }

    /** The decay of update t, from 1. */
    double at(long t) {
      return Math.min(decay, (1.0 + t) / (10.0 + t));
    }

    @Override
    public String text() {
      return "ema(decay=" + decay + ")";
    }
  }

  /**
   * The mean of the weights at the ends of the epochs from one on (Izmailov et al. 2018, algorithm
   * 1). Running means of batch normalization are taken anew, over the training samples, before the
   * mean is evaluated.
   *
   * @param fromEpoch from 1
   */
  record Swa(int fromEpoch) implements Averaging {
    public Swa {
      if (fromEpoch < 1) {
        throw new IllegalArgumentException("Swa.fromEpoch must be >= 1, got " + fromEpoch);
      }
    }

    @Override
    public String text() {
      return "swa(from_epoch=" + fromEpoch + ")";
    }
  }
}
