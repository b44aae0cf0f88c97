package thalweg.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import thalweg.checkpoint.Checkpoints;
import thalweg.checkpoint.RunCheckpoint;
import thalweg.optimizer.FiniteSum;
import thalweg.optimizer.LoadOptions;
import thalweg.optimizer.LoadReport;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.OptimizerState;
import thalweg.optimizer.Regime;
import thalweg.rules.AdamW;

/** What docs/checkpoints.md shows, as code that runs. */
class CheckpointsPageTest {
  @TempDir Path folder;

  private static Mlp network() {
    return Mlp.of(new Mlp.Shape(2, List.of(4), 1, Activation.TANH), 3);
  }

  @Test
  void everySnippetOfThePageIsHere() throws IOException {
    Path root = Path.of(System.getProperty("basedir", "."), "..");
    String page = Files.readString(root.resolve("docs/checkpoints.md"));
    String here =
        flat(
            Files.readString(
                root.resolve("torch/src/test/java/thalweg/torch/CheckpointsPageTest.java")));
    var snippets = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(page);
    int count = 0;
    while (snippets.find()) {
      assertThat(here).contains(flat(snippets.group(1)));
      count++;
    }
    assertThat(count).isEqualTo(4);
  }

  /** Without line breaks and indentation. */
  private static String flat(String code) {
    return code.replaceAll("\\s+", "");
  }

  @Test
  void anOptimizersState() {
    Path file = folder.resolve("state.safetensors");
    Mlp model = network();
    try (Optimizer optimizer = Optimizer.of(AdamW.lr(0.1), TorchParameters.of(model))) {
      optimizer.save(file);
      optimizer.load(OptimizerState.load(file));
    }
    List<String> said = new ArrayList<>();
    try (Optimizer optimizer = Optimizer.of(AdamW.lr(0.1), TorchParameters.of(model))) {
      LoadReport report =
          optimizer.load(
              OptimizerState.load(file), LoadOptions.lenient().rename("hidden0\\.(.*)", "x.$1"));
      said.add(report.toString());
    }
    assertThat(said.getFirst())
        .isEqualTo(
            """
            2 of 4 parameters go on where they stood
            missing: default/hidden0.weight
            missing: default/hidden0.bias
            not known here: default/x.weight
            not known here: default/x.bias\
            """);
  }

  /** The page's names are those of a larger model. */
  static void leniently(Optimizer optimizer, Path file) {
    LoadReport report =
        optimizer.load(
            OptimizerState.load(file),
            LoadOptions.lenient().rename("encoder\\.(.*)", "backbone.$1").keepHyperparameters());
    System.out.println(report);
  }

  @Test
  void aTraining() {
    Samples.Split split =
        Samples.regression(2, new float[] {1, 2, 3, 4, 5, 6, 7, 8}, new float[] {1, 2, 3, 4})
            .split(0.25, 1);
    Mlp model = network();
    String spec = "adamw(lr=0.1)";
    try (Feed feed = new Feed(split.train(), new Batching.One(), 1);
        Optimizer optimizer = Optimizer.of(AdamW.lr(0.1), TorchParameters.of(model))) {
      Training training = Training.of(model, feed, split.validation(), 2);
      Checkpoints checkpoints = Checkpoints.in(folder).keep(3);
      RunLog log = training.checkpoints(checkpoints, 1000).run(optimizer, spec);
      assertThat(log.steps()).isEqualTo(6);
      assertThat(checkpoints.latest().orElseThrow().step()).isEqualTo(6);
    }
  }

  /** A sum over points whose gradients the network computes. */
  private record Points(Mlp model, Optimizer optimizer) implements FiniteSum {
    @Override
    public int size() {
      return 64;
    }

    @Override
    public double gradient(int... terms) {
      optimizer.zeroGrad();
      try (var scope = new PointerScope()) {
        float[] rows = new float[2 * terms.length];
        for (int i = 0; i < rows.length; i++) {
          rows[i] = (float) Math.sin(terms[i / 2] + 0.3 * i);
        }
        Tensor loss = model.forward(torch.tensor(rows).view(-1, 2)).square().mean();
        loss.backward();
        return loss.item_double();
      }
    }
  }

  @Test
  void aLoopOfOnesOwn() {
    Checkpoints checkpoints = Checkpoints.in(folder).keep(3);
    Mlp model = network();
    try (Optimizer optimizer = Optimizer.of(AdamW.lr(0.01), TorchParameters.of(model))) {
      loop(checkpoints, model, optimizer, new Points(model, optimizer));
      assertThat(checkpoints.files()).hasSize(3);
    }
    RunCheckpoint last = checkpoints.latest().orElseThrow();
    assertThat(last.step()).isEqualTo(10_000);
    assertThat(last.wholes("regime")).hasSize(4).first().isEqualTo(10_000L);
  }

  private static void loop(
      Checkpoints checkpoints, Module model, Optimizer optimizer, FiniteSum loss) {
    Regime regime = Regime.miniBatch(32, 7);
    checkpoints
        .latest()
        .ifPresent(run -> {
          ModuleTensors.load(model, run.model(), LoadOptions.strict());
          optimizer.load(Objects.requireNonNull(run.optimizer()));
          regime.from(run.wholes("regime"));
        });
    for (long step = optimizer.updates(); step < 10_000; ) {
      regime.update(optimizer, loss);
      if (++step % 1000 == 0) {
        checkpoints.save(
            new RunCheckpoint(
                step,
                ModuleTensors.of(model),
                optimizer.liveState(),
                Map.of("regime", regime.place())));
      }
    }
  }
}
