package thalweg.torch.nets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.SequencedMap;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import thalweg.formula.Transformation;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.Parameters;
import thalweg.rules.Adagrad;
import thalweg.rules.Adam;
import thalweg.torch.Form;
import thalweg.torch.Libtorch;
import thalweg.torch.Loss;
import thalweg.torch.ModuleTensors;
import thalweg.torch.TorchParameters;

class NetworkTest {
  private static final Form TEXT = new Form.Text(6, 11);
  private static final Form IMAGE = new Form.Image(2, 8, 6);

  @BeforeAll
  static void load() {
    Libtorch.load();
  }

  @ParameterizedTest
  @ValueSource(strings = {"lstm(hidden=8, layers=2)", "gru(hidden=8)", "transformer(width=8)"})
  void a_later_token_changes_no_earlier_answer(String spec) {
    try (Network network = Networks.of(spec, TEXT, 11, 1)) {
      network.eval();
      float[] tokens = {1, 5, 3, 9, 0, 2};
      float[] before = NetworksTest.forward(network, torch.tensor(tokens).view(1, 6));
      tokens[4] = 7;
      float[] after = NetworksTest.forward(network, torch.tensor(tokens).view(1, 6));
      assertThat(Arrays.copyOf(after, 44)).isEqualTo(Arrays.copyOf(before, 44));
      for (int step = 4; step < 6; step++) {
        assertThat(Arrays.copyOfRange(after, 11 * step, 11 * step + 11))
            .isNotEqualTo(Arrays.copyOfRange(before, 11 * step, 11 * step + 11));
      }
    }
  }

  @Test
  void a_shorter_text_gets_the_answers_of_the_beginning() {
    for (String spec : new String[] {"lstm(hidden=8)", "transformer(width=8)"}) {
      try (Network network = Networks.of(spec, TEXT, 11, 1)) {
        network.eval();
        Tensor whole = NetworksTest.features(TEXT, 1, 0);
        float[] answers = NetworksTest.forward(network, whole);
        float[] shorter = NetworksTest.forward(network, whole.narrow(1, 0, 4).contiguous());
        for (int i = 0; i < shorter.length; i++) {
          assertThat(shorter[i]).isEqualTo(answers[i], within(1e-6f));
        }
      }
    }
  }

  @Test
  void running_statistics_move_in_training_only_and_are_saved(@TempDir Path folder) {
    String spec = "cnn(channels=[4], hidden=8)";
    try (Network network = Networks.of(spec, IMAGE, 3, 1);
        Network other = Networks.of(spec, IMAGE, 3, 2)) {
      Tensor features = NetworksTest.features(IMAGE, 4, 0);
      network.eval();
      float[] start = NetworksTest.forward(network, features);
      network.train(true);
      NetworksTest.forward(network, features);
      network.eval();
      float[] moved = NetworksTest.forward(network, features);
      assertThat(moved).isNotEqualTo(start);
      assertThat(NetworksTest.forward(network, features)).isEqualTo(moved);
      assertThat(ModuleTensors.of(network))
          .containsKeys("norm0.running_mean", "norm0.running_var", "norm0.num_batches_tracked");
      ModuleTensors.save(network, folder.resolve("cnn.safetensors"));
      ModuleTensors.load(other, folder.resolve("cnn.safetensors"));
      other.eval();
      assertThat(NetworksTest.forward(other, features)).isEqualTo(moved);
    }
  }

  @Test
  void dropout_follows_the_seed_of_libtorch_and_evaluation_has_none() {
    try (Network network = Networks.of("mlp(hidden=[50], dropout=0.5)", IMAGE, 3, 1)) {
      Tensor features = NetworksTest.features(IMAGE, 4, 0);
      byte[] state = Libtorch.randomState();
      float[] first = NetworksTest.forward(network, features);
      assertThat(NetworksTest.forward(network, features)).isNotEqualTo(first);
      Libtorch.randomState(state);
      assertThat(NetworksTest.forward(network, features)).isEqualTo(first);
      network.eval();
      assertThat(NetworksTest.forward(network, features))
          .isEqualTo(NetworksTest.forward(network, features));
    }
  }

  @ParameterizedTest
  @MethodSource("thalweg.torch.nets.NetworksTest#all")
  void a_network_in_bfloat16_answers_and_learns(String spec, Form form) {
    try (Network network = Networks.of(spec, form, 11, 1);
        var scope = new PointerScope()) {
      network.to(torch.ScalarType.BFloat16, false);
      Tensor answers = network.forward(NetworksTest.features(form, 4, 0));
      assertThat(answers.scalar_type().intern()).isEqualTo(torch.ScalarType.BFloat16);
      answers.to(torch.ScalarType.Float).sum().backward();
    }
  }

  @ParameterizedTest
  @MethodSource("thalweg.torch.nets.NetworksTest#all")
  void every_network_learns_a_few_samples_by_heart(String spec, Form form) {
    double last = Double.NaN;
    try (Network network =
        Networks.of(spec.replaceAll("dropout=[0-9.]+", "dropout=0"), form, 11, 1)) {
      Parameters parameters = TorchParameters.of(network);
      Transformation rule = spec.contains("sparse=true") ? Adagrad.lr(0.2) : Adam.lr(0.02);
      Optimizer optimizer = Optimizer.of(rule, parameters);
      Tensor features = NetworksTest.features(form, 4, 0);
      Tensor targets =
          form instanceof Form.Text
              ? features.to(torch.ScalarType.Long)
              : torch.tensor(new long[] {0, 7, 3, 3});
      for (int step = 0; step < 150; step++) {
        optimizer.zeroGrad();
        try (var scope = new PointerScope()) {
          Tensor loss = Loss.crossEntropy().apply(network.forward(features), targets);
          loss.backward();
          last = loss.item_float();
        }
        optimizer.step();
      }
      TorchParameters.release(parameters);
    }
    assertThat(last).as("a guess costs 2.4").isLessThan(0.5);
  }

  @Test
  void a_closed_network_leaves_no_memory_behind() {
    String[] specs = {
      "cnn(channels=[32, 128], hidden=400)", "lstm(hidden=600)", "transformer(width=512)"
    };
    Form form = new Form.Image(1, 28, 28);
    for (String spec : specs) {
      long before = 0;
      for (int i = 0; i < 12; i++) {
        try (Network network = Networks.of(spec, form, 10, 1);
            var scope = new PointerScope()) {
          network.forward(torch.ones(4, 784)).sum().backward();
        }
        before = i == 3 ? Pointer.physicalBytes() : before;
      }
      assertThat(Pointer.physicalBytes() - before).as(spec).isLessThan(40_000_000);
    }
  }

  @Test
  void only_the_last_layer_is_the_head() {
    try (Network network = Networks.of("cnn(channels=[4])", IMAGE, 3, 1)) {
      SequencedMap<String, double[]> numbers = NetworksTest.numbers(network);
      assertThat(numbers.keySet().stream().filter(network::isHead))
          .containsExactly("output.weight", "output.bias");
      assertThat(Objects.requireNonNull(numbers.get("output.bias"))).hasSize(3);
    }
  }

  @Test
  void a_description_lists_layers_shapes_and_counts() {
    try (Network network = Networks.of("mlp(hidden=[8])", new Form.Table(4), 3, 1)) {
      assertThat(Networks.describe(network).lines())
          .containsExactly(
              "hidden0  weight [8, 4], bias [8]            40",
              "output   weight [3, 8], bias [3]            27",
              "all                                         67");
    }
  }
}
