package thalweg.torch;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import thalweg.checkpoint.RawTensor;
import thalweg.checkpoint.RunCheckpoint;

/** The weights of the best epoch, and how long ago it was, where early stopping asks; close it. */
final class Best implements AutoCloseable {
  private static final String PREFIX = "best/";

  private final Training training;
  private @Nullable Snapshot weights;

  Best(Training training) {
    this.training = training;
  }

  /** Whether the patience has run out. */
  boolean isSpent(RunState state) {
    EarlyStopping rule = training.earlyStopping();
    return rule != null && state.epoch - 1 - state.bestEpoch >= rule.patience();
  }

  /** Hears of the epoch that has just ended. */
  void judge(double loss, RunState state, Mean mean) {
    EarlyStopping rule = training.earlyStopping();
    if (rule != null && loss < state.bestLoss - rule.minDelta()) {
      state.bestLoss = loss;
      state.bestEpoch = state.epoch;
      close();
      weights = mean.judged();
    }
  }

  /** Has the module hold the best weights; false if there are none. */
  boolean restore() {
    if (weights == null) {
      return false;
    }
    weights.into(training.module());
    return true;
  }

  void putInto(Map<String, RawTensor> beside) {
    if (weights != null) {
      weights.putInto(beside, PREFIX);
    }
  }

  void load(RunCheckpoint saved, RunState state) {
    if (training.earlyStopping() == null) {
      return;
    }
    boolean kept = saved.beside().keySet().stream().anyMatch(name -> name.startsWith(PREFIX));
    if (kept) {
      close();
      weights = Snapshot.of(training.module());
      weights.load(saved.beside(), PREFIX);
    } else { // a run that began without: patience counts from here
      state.bestEpoch = state.epoch - 1;
      state.bestLoss = Double.POSITIVE_INFINITY;
    }
  }

  @Override
  public void close() {
    if (weights != null) {
      weights.close();
      weights = null;
    }
  }
}
