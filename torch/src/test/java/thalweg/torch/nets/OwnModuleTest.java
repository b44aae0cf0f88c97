package thalweg.torch.nets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.Parameters;
import thalweg.rules.Adam;
import thalweg.torch.Batching;
import thalweg.torch.Feed;
import thalweg.torch.Libtorch;
import thalweg.torch.RunLog;
import thalweg.torch.Samples;
import thalweg.torch.TorchParameters;
import thalweg.torch.Training;

/** A user's own module and network, with nothing of ours in them. */
class OwnModuleTest {
  /** Two numbers, their product's sign: no linear model tells it. */
  private static Samples signs(int rows, long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    float[] features = new float[2 * rows];
    int[] labels = new int[rows];
    for (int row = 0; row < rows; row++) {
      features[2 * row] = random.nextFloat(-1, 1);
      features[2 * row + 1] = random.nextFloat(-1, 1);
      labels[row] = features[2 * row] * features[2 * row + 1] > 0 ? 1 : 0;
    }
    return Samples.classification(2, features, labels, 2);
  }

  private static final class OwnModule extends Module {
    private final LinearImpl first = register_module("first", new LinearImpl(2, 16));
    private final LinearImpl second = register_module("second", new LinearImpl(16, 2));

    Tensor answer(Tensor features) {
      return second.forward(torch.relu(first.forward(features)));
    }
  }

  private static final class OwnNetwork extends Network {
    private final LinearImpl first = register_module("first", new LinearImpl(2, 16));
    private final LinearImpl second = register_module("second", new LinearImpl(16, 2));

    @Override
    public Tensor forward(Tensor features) {
      return second.forward(torch.tanh(first.forward(features)));
    }

    @Override
    public boolean isHead(String parameter) {
      return parameter.startsWith("second.");
    }
  }

  @BeforeAll
  static void load() {
    Libtorch.load();
  }

  @BeforeEach
  void seed() {
    torch.manual_seed(1); // of the modules' own start
  }

  @Test
  void a_module_that_knows_nothing_of_us_trains() {
    OwnModule module = new OwnModule();
    try (Feed feed = new Feed(signs(400, 1), new Batching.Mini(20), 1)) {
      assertThat(trained(module, Training.of(module, module::answer, feed, signs(200, 2))))
          .isGreaterThan(0.9);
    }
  }

  @Test
  void a_network_of_ones_own_trains_and_says_what_its_head_is() {
    OwnNetwork network = new OwnNetwork();
    try (Feed feed = new Feed(signs(400, 1), new Batching.Mini(20), 1)) {
      assertThat(trained(network, Training.of(network, feed, signs(200, 2)))).isGreaterThan(0.9);
    }
    assertThat(network.isHead("second.weight")).isTrue();
    assertThat(network.isHead("first.weight")).isFalse();
    assertThat(Networks.describe(network)).contains("first", "[16, 2]", "82");
  }

  private static double trained(Module module, Training training) {
    Parameters parameters = TorchParameters.of(module);
    Optimizer optimizer = Optimizer.of(Adam.lr(0.02), parameters);
    RunLog log = training.epochs(20).run(optimizer, "adam(lr=0.02)");
    TorchParameters.release(parameters);
    return log.epochs().getLast().metric();
  }
}
