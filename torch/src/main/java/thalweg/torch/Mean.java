package thalweg.torch;

import java.util.Map;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;
import thalweg.checkpoint.RawTensor;
import thalweg.checkpoint.RunCheckpoint;

/** The averaged weights of a run, where there are any; close it. */
final class Mean implements AutoCloseable {
  private static final String PREFIX = "average/";

  private final Training training;
  private final NormStatistics statistics;
  private @Nullable Snapshot average;

  /** What the average was before the end of an epoch that is not over yet. */
  private @Nullable Snapshot before;

  private boolean undoable;

  Mean(Training training, UnaryOperator<Tensor> forward) {
    this.training = training;
    this.statistics = new NormStatistics(training, forward);
    if (training.averaging() instanceof Averaging.Ema) {
      average = Snapshot.wide(training.module());
    }
  }

  void afterStep(RunState state) {
    if (average != null && training.averaging() instanceof Averaging.Ema ema) {
      state.averaged++;
      average.moveTo(training.module(), 1 - ema.at(state.averaged));
    }
  }

  /** Takes the epoch in; {@link #settle} or {@link #undo} follows. */
  void endEpoch(RunState state) {
    if (training.averaging() instanceof Averaging.Swa(int from) && state.epoch >= from) {
      state.averaged++;
      undoable = true;
      if (average == null) {
        average = Snapshot.wide(training.module());
      } else {
        before = average.copy();
        average.moveTo(training.module(), 1.0 / state.averaged);
      }
      refreshStatistics(state);
    }
  }

  /** The epoch is over. */
  void settle() {
    undoable = false;
    if (before != null) {
      before.close();
      before = null;
    }
  }

  /** The epoch's end was left in its middle, and will come again. */
  void undo(RunState state) {
    if (undoable) {
      state.averaged--;
      if (average != null) {
        average.close();
      }
      average = before;
      before = null;
      undoable = false;
    }
  }

  private void refreshStatistics(RunState state) {
    if (average != null && statistics.areThere()) {
      try (Snapshot trained = Snapshot.of(training.module())) {
        average.into(training.module());
        try {
          statistics.refresh(state.epoch);
          average.take(training.module());
        } finally {
          trained.into(training.module());
        }
      }
    }
  }

  /** The validation of the averaged weights; null if there are none. */
  @Nullable Evaluation evaluate(RunState state, Evaluator evaluator) {
    if (average == null || state.averaged == 0) {
      return null;
    }
    try (Snapshot trained = Snapshot.of(training.module())) {
      average.into(training.module());
      try {
        return evaluator.validation();
      } finally {
        trained.into(training.module());
      }
    }
  }

  /** What is judged: the averaged weights where there are any, else those of the module. */
  Snapshot judged() {
    if (average == null) {
      return Snapshot.of(training.module());
    }
    try (Snapshot trained = Snapshot.of(training.module())) {
      average.into(training.module());
      Snapshot judged = Snapshot.of(training.module());
      trained.into(training.module());
      return judged;
    }
  }

  /** Has the module hold the averaged weights. */
  void leave() {
    if (average != null) {
      average.into(training.module());
    }
  }

  void putInto(Map<String, RawTensor> beside) {
    if (average != null) {
      average.putInto(beside, PREFIX);
    }
  }

  void load(RunCheckpoint saved, RunState state) {
    if (training.averaging() != null && state.averaged > 0) {
      if (average == null) {
        average = Snapshot.wide(training.module());
      }
      average.load(saved.beside(), PREFIX);
    } else if (average != null) {
      average.take(training.module());
    }
  }

  @Override
  public void close() {
    if (average != null) {
      average.close();
    }
    settle();
  }
}
