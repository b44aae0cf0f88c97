package thalweg.torch.nets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Objects;
import java.util.stream.Stream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import thalweg.memory.Buffer;
import thalweg.optimizer.Parameter;
import thalweg.optimizer.Parameters;
import thalweg.torch.Form;
import thalweg.torch.TorchParameters;

/** Numbers that PyTorch 2.13 printed: {@code parity/pytorch/print_networks.py}. */
class NetworksAgainstPyTorchTest {
  private static Arguments of(String spec, Form form, double weighted, double... answers) {
    return Arguments.of(spec, form, weighted, answers);
  }

  static Stream<Arguments> recorded() {
    return Stream.of(
        of(
            "mlp(hidden=[4, 3], activation=tanh, norm=layer)",
            new Form.Table(5),
            -3.27996,
            -0.796224,
            -0.753764,
            -0.327995,
            -0.802854,
            -0.755938,
            -0.323298),
        of(
            "cnn(channels=[3, 4], hidden=16, dropout=0)",
            new Form.Image(2, 8, 6),
            -10.23640,
            -0.939528,
            -0.532747,
            -0.054191,
            -0.949314,
            -0.543501,
            -0.064510),
        of(
            "lstm(hidden=3, layers=2, bidirectional=true)",
            new Form.Sequence(7, 3),
            -2.81493,
            -0.528700,
            -0.725318,
            -0.024716,
            -0.530944,
            -0.722615,
            -0.025741),
        of(
            "lstm(hidden=3)",
            new Form.Text(6, 11),
            -34.52633,
            -0.779485,
            -0.784881,
            -0.372407,
            -0.783044,
            -0.785037,
            -0.368987),
        of(
            "gru(hidden=3)",
            new Form.Sequence(7, 3),
            -8.94716,
            -0.747472,
            -0.604616,
            -0.244106,
            -0.928115,
            -0.879182,
            -0.307642),
        of(
            "transformer(width=4, heads=2, layers=1, dropout=0, feedforward=6)",
            new Form.Sequence(7, 3),
            -3.45497,
            -0.642255,
            -0.505782,
            -0.232809,
            -0.640072,
            -0.494558,
            -0.232956),
        of(
            "transformer(width=4, heads=2, layers=1, dropout=0, feedforward=6)",
            new Form.Text(6, 11),
            -22.75860,
            -0.621355,
            -0.397579,
            -0.234087,
            -0.610492,
            -0.495789,
            -0.262760),
        of(
            "embedding(width=3)",
            new Form.Sparse(4, 50),
            -9.96120,
            -0.916559,
            -1.022930,
            -0.447035,
            -0.573749,
            -0.469284,
            -0.297475));
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void answers_and_gradients_are_those_of_the_same_modules_in_python(
      String spec, Form form, double weighted, double[] answers) {
    try (Network network = Networks.of(spec, form, 3, 1);
        var scope = new PointerScope()) {
      Parameters parameters = TorchParameters.of(network);
      for (Parameter parameter : parameters) {
        Buffer value = parameter.value();
        for (long k = 0; k < value.length(); k++) {
          value.set(k, 0.5 * Math.sin(0.37 * k + parameter.name().length()));
        }
      }
      Tensor outputs = network.forward(NetworksTest.features(form, 2, 0));
      outputs.pow(new Scalar(2)).sum().backward();
      Tensor shown = (form instanceof Form.Text ? outputs.select(1, -1) : outputs).contiguous();
      float[] numbers = new float[Math.toIntExact(shown.numel())];
      try (FloatPointer data = shown.data_ptr_float()) {
        data.get(numbers);
      }
      for (int i = 0; i < answers.length; i++) {
        assertThat((double) numbers[i]).isEqualTo(answers[i], within(2e-6));
      }
      assertThat(weightedGradient(parameters)).isEqualTo(weighted, within(1e-4));
      TorchParameters.release(parameters);
    }
  }

  private static double weightedGradient(Parameters parameters) {
    double sum = 0;
    for (Parameter parameter : parameters) {
      double[] gradient = Objects.requireNonNull(parameter.gradient()).toDoubles();
      for (int k = 0; k < gradient.length; k++) {
        sum += gradient[k] * Math.cos(k);
      }
    }
    return sum;
  }
}
