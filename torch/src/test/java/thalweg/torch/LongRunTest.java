package thalweg.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import thalweg.checkpoint.Checkpoints;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.Parameters;
import thalweg.text.Specs;
import thalweg.torch.log.RunLogWriter;
import thalweg.torch.log.TensorBoard;
import thalweg.torch.nets.Networks;

/** A day-long run in small: nothing grows with the steps. */
class LongRunTest {
  private static final int STEPS = 10_000;

  private static Samples samples() {
    float[] features = new float[64 * 36];
    int[] labels = new int[64];
    for (int i = 0; i < features.length; i++) {
      features[i] = (float) Math.sin(i * 0.7 + i / 36 % 2);
    }
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i % 2;
    }
    return Samples.classification(36, features, labels, 2);
  }

  /** What the process held at one step. */
  private record Held(long handles, long native_, long heap, long resident) {
    static Held now() {
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      return new Held(
          Pointer.totalCount(),
          Pointer.totalBytes(),
          runtime.totalMemory() - runtime.freeMemory(),
          Pointer.physicalBytes());
    }
  }

  private static List<Held> run(String spec, Form form, Path folder) {
    List<Held> held = new ArrayList<>();
    // a scope that stays open: what is left behind stays, and is counted
    try (var scope = new PointerScope();
        Feed feed = new Feed(samples(), new Batching.Mini(8), 1);
        Network network = Networks.of(spec, form, 2, 1);
        RunLogWriter log = new RunLogWriter(folder.resolve("run.jsonl"), 10);
        TensorBoard board = new TensorBoard(folder.resolve("board"), 10)) {
      Parameters parameters = TorchParameters.of(network);
      try (Optimizer optimizer =
          Optimizer.over(parameters).otherwise(Specs.parse("adam(lr=1e-3)")).threads(1).build()) {
        RunLog done =
            Training.of(network, feed, samples())
                .maxSteps(STEPS)
                .clip(1)
                .averageWeights(new Averaging.Ema(0.99))
                .earlyStopping(1_000_000, 0)
                .checkpoints(Checkpoints.in(folder.resolve("checkpoints")), STEPS / 4)
                .listener(log)
                .listener(board)
                .listener(
                    new TrainingListener() {
                      @Override
                      public void onStep(long step, double loss) {
                        if (step == STEPS / 5 || step == STEPS) {
                          held.add(Held.now());
                        }
                      }
                    })
                .run(optimizer, "adam(lr=1e-3)");
        assertThat(done.steps()).isEqualTo(STEPS);
      } finally {
        TorchParameters.release(parameters);
      }
    }
    return held;
  }

  private static void assertFlat(List<Held> held) {
    Held early = held.getFirst();
    Held late = held.getLast();
    assertThat(late.handles - early.handles).as("handles").isLessThan(100);
    assertThat(late.native_ - early.native_).as("native bytes by JavaCPP").isLessThan(20_000);
    // 1000 epochs are logged meanwhile, some 400 bytes each
    assertThat(late.heap - early.heap).as("heap").isLessThan(4 << 20);
    assertThat(late.resident - early.resident).as("resident").isLessThan(48L << 20);
  }

  @Test
  void tenThousandStepsOfAConvolutionalNetworkHoldNoMoreThanTwoThousand(@TempDir Path folder) {
    assertFlat(run("cnn(channels=[4], dropout=0.1)", new Form.Image(1, 6, 6), folder));
  }

  @Test
  void tenThousandStepsOfARecurrentNetworkHoldNoMoreThanTwoThousand(@TempDir Path folder) {
    assertFlat(run("lstm(hidden=4)", new Form.Sequence(6, 6), folder));
  }
}
