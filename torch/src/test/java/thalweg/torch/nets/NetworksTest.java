package thalweg.torch.nets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import thalweg.optimizer.Parameter;
import thalweg.optimizer.Parameters;
import thalweg.torch.Form;
import thalweg.torch.Network;
import thalweg.torch.TorchParameters;

class NetworksTest {
  private static final Form TABLE = new Form.Table(5);
  private static final Form IMAGE = new Form.Image(2, 8, 6);
  private static final Form SEQUENCE = new Form.Sequence(7, 3);
  private static final Form TEXT = new Form.Text(6, 11);
  private static final Form SPARSE = new Form.Sparse(4, 50);

  static Stream<Arguments> all() {
    return Stream.of(
        Arguments.of("mlp", TABLE),
        Arguments.of("mlp(hidden=[8], norm=batch, dropout=0.5, activation=tanh)", TABLE),
        Arguments.of("mlp(hidden=[8], norm=layer)", IMAGE),
        Arguments.of("linear", SEQUENCE),
        Arguments.of("linear", SPARSE),
        Arguments.of("cnn(channels=[4, 8], hidden=16)", IMAGE),
        Arguments.of("cnn(channels=[4], hidden=0, batch_norm=false, kernel=5)", IMAGE),
        Arguments.of("lstm(hidden=8)", SEQUENCE),
        Arguments.of("lstm(hidden=8, layers=2, dropout=0.2, bidirectional=true)", IMAGE),
        Arguments.of("lstm(hidden=8)", TEXT),
        Arguments.of("gru(hidden=8, bidirectional=true)", SEQUENCE),
        Arguments.of("gru(hidden=8)", TEXT),
        Arguments.of("transformer(width=8, heads=2, feedforward=16)", SEQUENCE),
        Arguments.of("transformer(width=8, heads=2, layers=1)", IMAGE),
        Arguments.of("transformer(width=8, heads=2)", TEXT),
        Arguments.of("embedding(width=4)", SPARSE),
        Arguments.of("embedding(width=4, sparse=true)", SPARSE));
  }

  /** Features of some rows that the form allows; others for another shift. */
  static Tensor features(Form form, int rows, int shift) {
    float[] numbers = new float[rows * form.columns()];
    for (int i = 0; i < numbers.length; i++) {
      int column = i % form.columns();
      numbers[i] =
          switch (form) {
            case Form.Text(int _, int vocabulary) -> (i * 7 + shift) % vocabulary;
            case Form.Sparse(int entries, int vocabulary) when column < entries ->
                (i * 13 + shift) % vocabulary;
            case Form.Sparse _, Form.Table _, Form.Image _, Form.Sequence _ ->
                (float) Math.sin(i * 0.7 + shift);
          };
    }
    return torch.tensor(numbers).view(rows, form.columns());
  }

  static float[] forward(Network network, Tensor features) {
    try (var scope = new PointerScope();
        var guard = new NoGradGuard()) {
      Tensor outputs = network.forward(features).contiguous();
      float[] numbers = new float[Math.toIntExact(outputs.numel())];
      try (FloatPointer data = outputs.data_ptr_float()) {
        data.get(numbers);
      }
      return numbers;
    }
  }

  static SequencedMap<String, double[]> numbers(Network network) {
    SequencedMap<String, double[]> numbers = new LinkedHashMap<>();
    Parameters parameters = TorchParameters.of(network);
    parameters.forEach(parameter -> numbers.put(parameter.name(), parameter.value().toDoubles()));
    TorchParameters.release(parameters);
    return numbers;
  }

  @ParameterizedTest
  @MethodSource("all")
  void every_network_answers_every_row_and_every_parameter_gets_a_gradient(String spec, Form form) {
    int outputs = form instanceof Form.Text ? 11 : 3;
    try (Network network = Networks.of(spec, form, outputs, 1);
        var scope = new PointerScope()) {
      Tensor answers = network.forward(features(form, 4, 0));
      assertThat(answers.sizes().vec().get())
          .containsExactly(form instanceof Form.Text ? new long[] {4, 6, 11} : new long[] {4, 3});
      answers.pow(new Scalar(2)).sum().backward();
      Parameters parameters = TorchParameters.of(network);
      for (Parameter parameter : parameters) {
        boolean sparse = spec.contains("sparse=true") && parameter.name().startsWith("embedding");
        assertThat(sparse ? parameter.sparseGradient() : parameter.gradient())
            .as(parameter.name())
            .isNotNull();
      }
      assertThat(parameters.list()).anyMatch(p -> network.isHead(p.name()));
      TorchParameters.release(parameters);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void equal_seeds_give_equal_bits_whatever_ran_before_and_others_give_others(
      String spec, Form form) {
    try (Network first = Networks.of(spec, form, 3, 1)) {
      torch.manual_seed(99);
      try (Network second = Networks.of(spec, form, 3, 1);
          Network third = Networks.of(spec, form, 3, 2)) {
        Map<String, double[]> other = numbers(third);
        Map<String, double[]> same = numbers(second);
        numbers(first)
            .forEach((name, values) -> {
              assertThat(values).as(name).isEqualTo(same.get(name));
              if (!name.contains("norm")) {
                assertThat(values).as(name).isNotEqualTo(other.get(name));
              }
            });
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void in_evaluation_mode_a_row_gets_the_same_answer_each_time_and_in_any_company(
      String spec, Form form) {
    try (Network network = Networks.of(spec, form, 3, 1)) {
      network.eval();
      float[] together = forward(network, features(form, 4, 0));
      assertThat(forward(network, features(form, 4, 0))).isEqualTo(together);
      float[] alone = forward(network, features(form, 4, 0).narrow(0, 0, 1).contiguous());
      for (int i = 0; i < alone.length; i++) {
        assertThat(alone[i]).isCloseTo(together[i], within(1e-6f));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void the_canonical_text_gives_the_same_architecture(String spec, Form form) {
    Architecture architecture = Networks.parse(spec);
    assertThat(Networks.parse(architecture.text())).isEqualTo(architecture);
  }

  @Test
  void text_is_written_without_defaults() {
    assertThat(Cnn.standard().text()).isEqualTo("cnn");
    assertThat(Cnn.standard().channels(8).batchNorm(false).init(Init.ORTHOGONAL).text())
        .isEqualTo("cnn(channels=[8], batch_norm=false, init=orthogonal)");
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        Arguments.of(
            "cnn",
            TABLE,
            "cnn needs pictures, the data are a table of 5 columns; use mlp or linear"),
        Arguments.of(
            "cn", IMAGE, "'cn', position 1: no network is called 'cn'; did you mean 'cnn'?"),
        Arguments.of(
            "", IMAGE, "'', position 1: there is nothing to read; write a network such as mlp"),
        Arguments.of(
            "cnn(chanels=[3])",
            IMAGE,
            "'cnn(chanels=[3])', position 5: cnn has no hyperparameter 'chanels'; did you mean"
                + " channels? It has channels, kernel, batch_norm, dropout, hidden, init, gain"),
        Arguments.of(
            "cnn(dropout=1)",
            IMAGE,
            "'cnn(dropout=1)', position 13: cnn.dropout must be in [0, 1), got 1.0"),
        Arguments.of(
            "cnn(kernel=2)", IMAGE, "'cnn(kernel=2)', position 1: cnn.kernel must be odd, got 2"),
        Arguments.of(
            "cnn(kernel=7)",
            IMAGE,
            "cnn has a kernel of 7 x 7, larger than the pictures of 8 x 6; give a smaller kernel"),
        Arguments.of(
            "cnn(channels=[1, 2, 3])",
            IMAGE,
            "cnn with 3 channels halves pictures of 8 x 6 3 times, which leaves nothing; give fewer"
                + " channels"),
        Arguments.of(
            "mlp(hidden=[0])",
            TABLE,
            "'mlp(hidden=[0])', position 1: mlp.hidden must each be in [1, 2147483647], got 0"),
        Arguments.of(
            "mlp(hidden=8)",
            TABLE,
            "'mlp(hidden=8)', position 12: mlp.hidden must be a list of whole numbers, got '8';"
                + " write hidden=[…]"),
        Arguments.of(
            "mlp(dropout=cosine_annealing(T_max=3))",
            TABLE,
            "mlp.dropout cannot follow a schedule; write a number"),
        Arguments.of("mlp | linear", TABLE, "one network is wanted, got 2 joined by '|'"),
        Arguments.of(
            "mlp",
            TEXT,
            "mlp needs plain numbers, the data are texts of 6 tokens out of 11; use lstm, gru or"
                + " transformer"),
        Arguments.of(
            "lstm",
            SPARSE,
            "lstm needs sequences, the data are sparse vectors of 50 numbers; use embedding or"
                + " linear"),
        Arguments.of(
            "embedding",
            TABLE,
            "embedding needs sparse vectors, the data are a table of 5 columns; use mlp or linear"),
        Arguments.of("lstm(bidirectional=true)", TEXT, "bidirectional must be false for text"),
        Arguments.of(
            "transformer(width=10, heads=4)",
            TEXT,
            "transformer.width must be a multiple of heads = 4, got 10"),
        Arguments.of(
            "lstm(init=random)",
            TEXT,
            "lstm.init must be one of kaiming_uniform, kaiming_normal, xavier_uniform,"
                + " xavier_normal, orthogonal, normal, zeros, got 'random'"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void what_does_not_fit_is_said_in_one_line(String spec, Form form, String message) {
    assertThatThrownBy(() -> Networks.of(spec, form, 3, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message)
        .message()
        .doesNotContain("\n");
  }
}
