package thalweg.torch.nets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Objects;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import thalweg.torch.Form;

class InitTest {
  private static final Form TABLE = new Form.Table(200);

  private static SequencedMap<String, double[]> start(Architecture architecture, Form form) {
    try (Network network = Networks.of(architecture, form, 3, 5)) {
      return NetworksTest.numbers(network);
    }
  }

  private static double[] weight(Architecture architecture, Form form, String name) {
    return Objects.requireNonNull(start(architecture, form).get(name));
  }

  private static double deviation(double[] numbers) {
    return Math.sqrt(Arrays.stream(numbers).map(x -> x * x).sum() / numbers.length);
  }

  private static double largest(double[] numbers) {
    return Arrays.stream(numbers).map(Math::abs).max().orElseThrow();
  }

  /** Of a weight [100, 200]; 20 000 numbers give the deviation to 1.5 percent in three sigma. */
  @ParameterizedTest
  @CsvSource({
    "KAIMING_UNIFORM, 0.0408248, 0.0707107", // 1/sqrt(200), over sqrt(3)
    "KAIMING_NORMAL, 0.1, 10", // sqrt(2/200)
    "XAVIER_UNIFORM, 0.0816497, 0.1414214", // sqrt(6/300)
    "XAVIER_NORMAL, 0.0816497, 10", // sqrt(2/300)
    "NORMAL, 1, 10",
    "ORTHOGONAL, 0.0707107, 10", // unit rows of 200
    "ZEROS, 0, 0"
  })
  void weights_have_the_deviation_and_bound_of_their_paper(
      Init init, double deviation, double bound) {
    FullyConnected mlp = FullyConnected.standard().hidden(100).init(init);
    double[] plain = weight(mlp, TABLE, "hidden0.weight");
    assertThat(deviation(plain)).isEqualTo(deviation, within(0.015 * deviation));
    assertThat(largest(plain)).isLessThanOrEqualTo(bound * (1 + 1e-6));
    double[] tripled = weight(mlp.gain(3), TABLE, "hidden0.weight");
    assertThat(largest(tripled)).isEqualTo(3 * largest(plain), within(1e-6));
    double[] bias = weight(mlp, TABLE, "hidden0.bias");
    assertThat(largest(bias) > 0).isEqualTo(init == Init.KAIMING_UNIFORM);
    assertThat(largest(bias)).isLessThanOrEqualTo(0.0707107);
  }

  @ParameterizedTest
  @CsvSource({"20, 50", "50, 20", "30, 30"})
  void an_orthogonal_weight_has_orthonormal_rows_or_columns(int rows, int columns) {
    double[] w =
        weight(
            FullyConnected.standard().hidden(rows).init(Init.ORTHOGONAL),
            new Form.Table(columns),
            "hidden0.weight");
    int count = Math.min(rows, columns);
    for (int a = 0; a < count; a++) {
      for (int b = 0; b < count; b++) {
        double dot = 0;
        for (int i = 0; i < Math.max(rows, columns); i++) {
          dot +=
              rows <= columns
                  ? w[a * columns + i] * w[b * columns + i]
                  : w[i * columns + a] * w[i * columns + b];
        }
        assertThat(dot).isEqualTo(a == b ? 1 : 0, within(1e-6));
      }
    }
  }

  @Test
  void each_gate_of_a_recurrent_layer_is_orthogonal_by_itself() {
    double[] w =
        weight(
            Lstm.standard().hidden(6).init(Init.ORTHOGONAL),
            new Form.Sequence(4, 3),
            "lstm.weight_hh_l0");
    for (int gate = 0; gate < 4; gate++) {
      double dot = 0;
      for (int i = 0; i < 6; i++) {
        dot += w[gate * 36 + i] * w[gate * 36 + 6 + i];
      }
      assertThat(dot).isEqualTo(0, within(1e-6));
    }
  }

  @Test
  void kernels_count_their_elements_as_inputs() {
    double[] w =
        weight(
            Cnn.standard().channels(64, 64).init(Init.KAIMING_NORMAL),
            new Form.Image(1, 8, 8),
            "conv1.weight");
    assertThat(deviation(w)).isEqualTo(Math.sqrt(2.0 / (64 * 9)), within(0.001));
  }

  @Test
  void recurrent_layers_start_as_in_PyTorch_norms_as_the_identity_embeddings_normal() {
    Lstm lstm = Lstm.standard().hidden(100);
    assertThat(largest(weight(lstm, new Form.Text(5, 50), "lstm.weight_ih_l0")))
        .isBetween(0.0999, 0.1);
    assertThat(deviation(weight(lstm, new Form.Text(5, 50), "embedding.weight")))
        .isEqualTo(1, within(0.03));
    SequencedMap<String, double[]> cnn =
        start(Cnn.standard().init(Init.NORMAL).gain(0.5), new Form.Image(1, 8, 8));
    assertThat(cnn.get("norm0.weight")).containsOnly(1);
    assertThat(cnn.get("norm0.bias")).containsOnly(0);
  }

  @Test
  void a_layer_starts_the_same_whatever_comes_before_it_in_the_network() {
    double[] shallow =
        weight(FullyConnected.standard().hidden(8), new Form.Table(8), "output.weight");
    double[] deep =
        weight(FullyConnected.standard().hidden(8, 8), new Form.Table(8), "output.weight");
    assertThat(deep).isEqualTo(shallow);
  }

  @Test
  void the_numbers_of_a_seed_stay_from_version_to_version() {
    double[] bias = weight(Linear.standard(), new Form.Table(4), "output.bias");
    assertThat(bias).containsExactly(0.16445374488830566, 0.25100526213645935, 0.2082146257162094);
  }
}
