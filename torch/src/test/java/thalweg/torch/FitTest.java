package thalweg.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;
import thalweg.checkpoint.RawTensor;
import thalweg.torch.nets.Networks;

class FitTest {
  private static Samples samples(int rows, int columns) {
    float[] features = new float[rows * columns];
    int[] labels = new int[rows];
    for (int i = 0; i < features.length; i++) {
      features[i] = (float) Math.sin(3 * i);
      labels[i / columns] = i / columns % 2;
    }
    return Samples.classification(columns, features, labels, 2);
  }

  /** Every number of a network: weights, running means, counts of batches. */
  private static List<String> numbers(Network network) {
    List<String> numbers = new ArrayList<>();
    try (var scope = new PointerScope()) {
      ModuleTensors.named(network)
          .forEach((name, tensor) ->
              numbers.add(name + bytes(ModuleTensors.raw(name, tensor))));
    }
    return numbers;
  }

  private static String bytes(RawTensor tensor) {
    return HexFormat.of().formatHex(tensor.bytes().toArray(ValueLayout.JAVA_BYTE));
  }

  @Test
  void aLastBatchOfOneRowIsRefusedBeforehandWhereABatchNormSeesIt() {
    try (Network network = Networks.of("mlp(hidden=[4], norm=batch)", new Form.Table(3), 2, 1);
        Feed feed = new Feed(samples(9, 3), new Batching.Mini(4), 1)) {
      Training training = Training.of(network, feed, samples(5, 3));
      List<String> before = numbers(network);
      byte[] random = Libtorch.randomState();

      assertThatThrownBy(training.epochs(1)::requireFit)
          .isInstanceOf(UnfitException.class)
          .hasMessage(
              "batch norm cannot learn from a batch of one row, as the last of 9 rows in batches of"
                  + " 4 is; give another batch, or another norm");

      assertThat(numbers(network)).isEqualTo(before);
      assertThat(Libtorch.randomState()).isEqualTo(random);
      assertThatCode(training.epochs(0)::requireFit).doesNotThrowAnyException();
      assertThatCode(training.maxSteps(2)::requireFit).doesNotThrowAnyException();
      assertThatThrownBy(training.maxSteps(3)::requireFit).isInstanceOf(UnfitException.class);
      assertThatCode(training.maxSteps(1).accumulate(2)::requireFit).doesNotThrowAnyException();
      assertThatThrownBy(training.maxSteps(2).accumulate(2)::requireFit)
          .isInstanceOf(UnfitException.class);
    }
  }

  @Test
  void onePictureIsEnoughForABatchNormAndTryingLeavesNoTrace() {
    String spec = "cnn(channels=[4], dropout=0.5, hidden=4)";
    try (Network network = Networks.of(spec, new Form.Image(1, 4, 4), 2, 1);
        Feed feed = new Feed(samples(9, 16), new Batching.Mini(4), 1)) {
      List<String> before = numbers(network);
      byte[] random = Libtorch.randomState();

      Training.of(network, feed, samples(5, 16)).epochs(1).requireFit();

      assertThat(numbers(network)).isEqualTo(before);
      assertThat(Libtorch.randomState()).isEqualTo(random);
      assertThat(network.is_training()).isTrue();
    }
  }
}
