package thalweg.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import thalweg.optimizer.ArrayParameter;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.Parameter;
import thalweg.optimizer.Parameters;
import thalweg.rules.AdamW;
import thalweg.torch.peers.FusedAdamW;
import thalweg.torch.peers.Peer;

/** The library's own optimizer on libtorch's memory. */
class OptimizerOverTorchTest {
  private static final Mlp.Shape SHAPE = new Mlp.Shape(3, List.of(8), 2, Activation.RELU);

  /** Class 1 where the first feature is the largest. */
  private static Samples samples() {
    float[] features = new float[300];
    int[] labels = new int[100];
    for (int i = 0; i < 300; i++) {
      features[i] = (float) Math.sin(i * i + 1.0);
    }
    for (int i = 0; i < 100; i++) {
      float first = features[3 * i];
      labels[i] = first > features[3 * i + 1] && first > features[3 * i + 2] ? 1 : 0;
    }
    return Samples.classification(3, features, labels, 2);
  }

  @Test
  void the_loop_of_the_readme_learns() {
    Mlp model = Mlp.of(SHAPE, 1);
    List<Float> losses = new ArrayList<>();
    try (Feed feed = new Feed(samples(), new Batching.Mini(20), 1);
        var optimizer = Optimizer.of(AdamW.lr(3e-2).weightDecay(0.1), TorchParameters.of(model))) {
      for (int epoch = 1; epoch <= 20; epoch++) {
        for (Batch batch : feed.epoch(epoch)) {
          try (var scope = new PointerScope()) {
            optimizer.zeroGrad();
            Tensor loss =
                Loss.crossEntropy().apply(model.forward(batch.features()), batch.targets());
            losses.add(loss.item_float());
            loss.backward();
            optimizer.step();
          }
        }
      }
    }
    assertThat(losses.getFirst()).isGreaterThan(0.5f);
    assertThat(losses.getLast()).isLessThan(0.2f);
  }

  @Test
  void the_training_loop_takes_it_and_repeats_in_every_bit() {
    RunLog one = train();
    assertThat(one.optimizer()).isEqualTo("adamw(lr=0.03)");
    assertThat(one.last().metric()).isGreaterThan(0.8);
    RunLog other = train();
    assertThat(other.last()).isEqualTo(one.last());
    assertThat(other.epochs().stream().map(RunLog.Epoch::trainLoss))
        .containsExactlyElementsOf(one.epochs().stream().map(RunLog.Epoch::trainLoss).toList());
  }

  private static RunLog train() {
    Samples.Split split = samples().split(0.3, 1);
    Mlp model = Mlp.of(SHAPE, 1);
    try (Feed feed = new Feed(split.train(), new Batching.Mini(10), 1);
        var optimizer = Optimizer.of(AdamW.lr(0.03), TorchParameters.of(model))) {
      return Training.of(model, feed, split.validation(), 20).run(optimizer, "adamw(lr=0.03)");
    }
  }

  @Test
  void adamw_walks_with_libtorchs_fused_one() {
    try (Peer fused = FusedAdamW.of(0.01, 0.8, 0.95, 1e-8, 0.1, List.of(1000L, 3L))) {
      List<Parameter> own = new ArrayList<>();
      for (Parameter parameter : fused.parameters()) {
        float[] values = floats(parameter.value().toDoubles());
        float[] gradients = floats(Objects.requireNonNull(parameter.gradient()).toDoubles());
        own.add(ArrayParameter.of(parameter.name(), values, gradients));
      }
      AdamW rule = AdamW.lr(0.01).beta1(0.8).beta2(0.95).weightDecay(0.1);
      try (var optimizer = Optimizer.of(rule, Parameters.of(own))) {
        for (int i = 0; i < 50; i++) {
          fused.step();
          optimizer.step();
        }
      }
      for (int p = 0; p < own.size(); p++) {
        double[] theirs = fused.parameters().list().get(p).value().toDoubles();
        double[] ours = own.get(p).value().toDoubles();
        for (int i = 0; i < ours.length; i++) {
          assertThat(ours[i]).isCloseTo(theirs[i], within(5e-6));
        }
      }
    }
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
