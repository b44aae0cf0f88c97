package thalweg.optimizer;

import java.util.concurrent.atomic.AtomicBoolean;
import thalweg.formula.Chain;
import thalweg.formula.Transformation;
import thalweg.memory.NumberType;
import thalweg.rules.AdamW;
import thalweg.transforms.ClipByGlobalNorm;

/**
 * Steps of a small optimizer on memory of its own, beside the program and once in a process: while
 * the program reads its data and computes its first gradients, the code of a step is loaded, and
 * the JIT asked to compile it.
 */
final class Rehearsal {
  private static final AtomicBoolean BEGUN = new AtomicBoolean();
  private static final int ELEMENTS = 1100; // more than one block

  /** As many as the JIT asks for before it compiles a method of simple loops for good. */
  private static final int STEPS = 700;

  private Rehearsal() {}

  /** Begins, the first time. */
  static void begin(String backend) {
    if (BEGUN.compareAndSet(false, true)) {
      Thread.ofPlatform().daemon().name("thalweg-rehearsal").start(() -> run(backend));
    }
  }

  private static void run(String backend) {
    Transformation rule = Chain.of(new ClipByGlobalNorm(1), AdamW.lr(1e-3));
    ArrayParameter scratch = ArrayParameter.allocate("scratch", NumberType.FLOAT32, ELEMENTS);
    try (Optimizer optimizer =
        Optimizer.over(Parameters.of(scratch))
            .otherwise(rule)
            .backend(backend)
            .threads(1)
            .build()) {
      for (int i = 0; i < STEPS; i++) {
        optimizer.step();
      }
    }
  }
}
