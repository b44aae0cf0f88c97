package thalweg.lab.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import thalweg.lab.data.BuiltInData;
import thalweg.lab.data.Split;
import thalweg.memory.NumberType;
import thalweg.optimizer.LossScaler;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.Parameters;
import thalweg.optimizer.Storage;
import thalweg.rules.AdamW;
import thalweg.torch.Activation;
import thalweg.torch.Batching;
import thalweg.torch.Feed;
import thalweg.torch.Mlp;
import thalweg.torch.RunLog;
import thalweg.torch.TorchParameters;
import thalweg.torch.Training;

/** Handwritten digits, learned in short formats as well as in float32. */
class LowPrecisionDigitsTest {
  private static final int SEEDS = 3;
  private static final int EPOCHS = 8;

  /** What is trained, and how its numbers are kept. */
  private record Setting(NumberType type, Storage storage, boolean scaled) {
    static Setting of(NumberType type, NumberType states, boolean masters) {
      return new Setting(type, new Storage(states, masters, 3), false);
    }
  }

  private static final Map<String, Setting> SETTINGS = new LinkedHashMap<>();

  static {
    NumberType full = NumberType.FLOAT32;
    SETTINGS.put("fp32", Setting.of(full, full, true));
    SETTINGS.put("fp32, states in bf16", Setting.of(full, NumberType.BFLOAT16, true));
    SETTINGS.put("fp32, states in 8 bits", Setting.of(full, NumberType.FLOAT8, true));
    SETTINGS.put("bf16 with masters", Setting.of(NumberType.BFLOAT16, full, true));
    SETTINGS.put("bf16 alone", Setting.of(NumberType.BFLOAT16, full, false));
    SETTINGS.put(
        "bf16 alone, states in 8 bits", Setting.of(NumberType.BFLOAT16, NumberType.FLOAT8, false));
    SETTINGS.put(
        "fp16 with masters and loss scaling",
        new Setting(NumberType.FLOAT16, new Storage(full, true, 3), true));
  }

  /** Share of right answers on the validation rows, for each seed. */
  private static double[] accuracies(Split split, Setting setting) {
    double[] accuracies = new double[SEEDS];
    Mlp.Shape shape = new Mlp.Shape(split.train().columns(), List.of(32), 10, Activation.RELU);
    for (int seed = 0; seed < SEEDS; seed++) {
      Mlp model = Mlp.of(shape, seed + 1, setting.type);
      Parameters parameters = TorchParameters.of(model);
      LossScaler scaler = setting.scaled ? LossScaler.dynamic().growthInterval(100) : null;
      try (Feed feed = new Feed(split.train(), new Batching.Mini(32), seed + 1);
          Optimizer optimizer = optimizer(parameters, setting.storage, scaler)) {
        RunLog log = Training.of(model, feed, split.validation(), EPOCHS).run(optimizer, "adamw");
        assertThat(log.completed()).isTrue();
        accuracies[seed] = log.last().metric();
        assertThat(optimizer.updates())
            .isEqualTo(log.steps() - (scaler == null ? 0 : scaler.skippedSteps()));
      } finally {
        TorchParameters.release(parameters);
        model.close();
      }
    }
    return accuracies;
  }

  private static Optimizer optimizer(
      Parameters parameters, Storage storage, @Nullable LossScaler scaler) {
    Optimizer.Builder builder =
        Optimizer.over(parameters).otherwise(AdamW.lr(3e-3)).storage(storage).threads(1);
    return (scaler == null ? builder : builder.lossScaling(scaler)).build();
  }

  private static double mean(double... numbers) {
    double sum = 0;
    for (double number : numbers) {
      sum += number;
    }
    return sum / numbers.length;
  }

  private static double deviation(double... numbers) {
    double mean = mean(numbers);
    double sum = 0;
    for (double number : numbers) {
      sum += (number - mean) * (number - mean);
    }
    return Math.sqrt(sum / (numbers.length - 1));
  }

  @Test
  void everyFormatIsAsGoodAsFloat32UpToTheNoiseOfSeeds() {
    Split split = Split.of(BuiltInData.named("digits"), 1);
    Map<String, double[]> all = new LinkedHashMap<>();
    SETTINGS.forEach((name, setting) -> all.put(name, accuracies(split, setting)));
    double[] full = Objects.requireNonNull(all.get("fp32"));
    assertThat(mean(full)).isGreaterThan(0.95);
    all.forEach((name, accuracies) -> {
      // of the difference of two means over so many seeds; one answer more or less counts 1/359
      double noise = Math.hypot(deviation(full), deviation(accuracies)) / Math.sqrt(SEEDS);
      assertThat(Math.abs(mean(accuracies) - mean(full)))
          .as(name)
          .isLessThanOrEqualTo(Math.max(2 * noise, 2 / 359.0));
    });
  }
}
