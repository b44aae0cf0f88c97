package thalweg.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import thalweg.memory.Buffer;
import thalweg.memory.NumberType;
import thalweg.optimizer.LossScaler;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.Parameter;
import thalweg.optimizer.Parameters;
import thalweg.optimizer.Storage;
import thalweg.rules.AdamW;
import thalweg.rules.Sgd;

/** Networks and tensors of 16 bits. */
class LowPrecisionTest {
  private static final Mlp.Shape SHAPE = new Mlp.Shape(3, List.of(8), 2, Activation.RELU);

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

  private static torch.ScalarType scalarType(NumberType type) {
    return type == NumberType.FLOAT16 ? torch.ScalarType.Half : torch.ScalarType.BFloat16;
  }

  @ParameterizedTest
  @EnumSource(names = {"BFLOAT16", "FLOAT16"})
  void values_and_gradients_are_libtorchs_own_memory(NumberType type) {
    Libtorch.load();
    Tensor w =
        torch.ones(new long[] {3}, new TensorOptions(scalarType(type))).set_requires_grad(true);
    SequencedMap<String, Tensor> named = new LinkedHashMap<>(Map.of("w", w));
    Parameters parameters = TorchParameters.of(named);
    Parameter parameter = parameters.list().getFirst();
    assertThat(parameter.value().type()).isEqualTo(type);
    try (var scope = new PointerScope()) {
      w.mul(w).sum().backward(); // 2 w
    }
    Buffer gradient = Objects.requireNonNull(parameter.gradient());
    assertThat(gradient.type()).isEqualTo(type);
    assertThat(gradient.toDoubles()).containsExactly(2, 2, 2);
    try (var optimizer =
        Optimizer.over(parameters).otherwise(Sgd.lr(0.25)).backend("block").build()) {
      optimizer.step(); // 1 − 0.25 · 2
      assertThat(w.sum().item_double()).isEqualTo(1.5);
      optimizer.zeroGrad();
      assertThat(w.grad().abs().sum().item_double()).isZero();
    }
    TorchParameters.release(parameters);
  }

  @Test
  void numbers_that_do_not_float_are_refused_by_name() {
    Libtorch.load();
    Tensor counts = torch.ones(new long[] {3}, new TensorOptions(torch.ScalarType.Int));
    assertThatThrownBy(() -> TorchParameters.of(new LinkedHashMap<>(Map.of("counts", counts))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "parameter 'counts' is Int; only Float (float32), Double (float64), BFloat16 and Half"
                + " (float16) can be trained: convert the module with to(torch.ScalarType.Float,"
                + " false)");
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "BFLOAT16", "FLOAT16"})
  void a_network_learns_in_16_bits_nearly_as_in_32(NumberType type) {
    Mlp model = Mlp.of(SHAPE, 1, type);
    Parameters parameters = TorchParameters.of(model);
    for (Parameter parameter : parameters) {
      assertThat(parameter.value().type()).isEqualTo(type);
    }
    LossScaler scaler = LossScaler.dynamic().growthInterval(20);
    List<Double> losses = new ArrayList<>();
    try (Feed feed = new Feed(samples(), new Batching.Mini(20), 1);
        var optimizer =
            Optimizer.over(parameters)
                .otherwise(AdamW.lr(3e-2).weightDecay(0.1))
                .lossScaling(scaler)
                .build()) {
      RunLog log =
          Training.of(model, feed, samples(), 20)
              .listener(
                  new TrainingListener() {
                    @Override
                    public void onStep(long step, double loss) {
                      losses.add(loss);
                    }
                  })
              .run(optimizer, "adamw");
      // unscaled: about ln 2 at the start, whatever the scale
      assertThat(losses.getFirst()).isBetween(0.4, 1.1);
      assertThat(log.last().loss()).isLessThan(0.2);
      assertThat(log.last().metric()).isGreaterThan(0.9);
      assertThat(log.steps()).isEqualTo(100);
      if (type == NumberType.FLOAT16) {
        // 65536 doubles every 20 updates until a gradient leaves the 65504 of float16
        assertThat(scaler.skippedSteps()).isPositive();
        assertThat(optimizer.updates()).isEqualTo(100 - scaler.skippedSteps());
      } else {
        assertThat(scaler.scale()).isEqualTo(65536 * 32.0);
      }
    }
    TorchParameters.release(parameters);
    model.close();
  }

  @Test
  void a_scale_changes_no_bit_of_a_training_in_float32() {
    // powers of two are divided out exactly
    List<double[]> paths = new ArrayList<>();
    for (double scale : new double[] {1, 1024}) {
      Mlp model = Mlp.of(SHAPE, 1);
      Parameters parameters = TorchParameters.of(model);
      try (Feed feed = new Feed(samples(), new Batching.Mini(20), 1);
          var optimizer =
              Optimizer.over(parameters)
                  .otherwise(AdamW.lr(3e-2))
                  .lossScaling(LossScaler.fixed(scale))
                  .build()) {
        Training.of(model, feed, samples(), 3).run(optimizer, "adamw");
      }
      paths.add(parameters.list().getFirst().value().toDoubles());
      TorchParameters.release(parameters);
      model.close();
    }
    assertThat(paths.getFirst()).isEqualTo(paths.getLast());
  }

  @Test
  void without_masters_bfloat16_is_trained_as_it_is() {
    Mlp model = Mlp.of(SHAPE, 1, NumberType.BFLOAT16);
    Parameters parameters = TorchParameters.of(model);
    try (Feed feed = new Feed(samples(), new Batching.Mini(20), 1);
        var optimizer =
            Optimizer.over(parameters)
                .otherwise(AdamW.lr(1e-2))
                .storage(new Storage(NumberType.FLOAT8, false, 1))
                .build()) {
      RunLog log = Training.of(model, feed, samples(), 20).run(optimizer, "adamw");
      assertThat(log.last().loss()).isLessThan(0.35);
      assertThat(optimizer.group("default").masterBytes()).isZero();
    }
    TorchParameters.release(parameters);
    model.close();
  }

  @Test
  void a_network_of_8_bits_is_refused() {
    assertThatThrownBy(() -> Mlp.of(SHAPE, 1, NumberType.FLOAT8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("FLOAT8 is a type of states, not of networks");
  }
}
