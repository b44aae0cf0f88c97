package thalweg.torch.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import thalweg.memory.Buffer;
import thalweg.optimizer.Parameter;

/**
 * Two steps by hand, with a gradient that changes between them: one step does not show the betas.
 */
class PeersTest {
  private static final List<Long> SIZES = List.of(5L, 1L, 1030L);
  private static final double LR = 0.02;

  /** One element's rule, told the step number and the gradient. */
  private interface Rule {
    double next(int t, double value, double gradient, double[] state);
  }

  private record Case(String name, Peer peer, Rule rule) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Stream<Case> cases() {
    Map<String, Double> adam =
        Map.of("lr", LR, "beta1", 0.8, "beta2", 0.95, "eps", 1e-3, "weight_decay", 0.1);
    return Stream.of(
        new Case("fused", FusedAdamW.of(LR, 0.8, 0.95, 1e-3, 0.1, SIZES), PeersTest::adamw),
        new Case("adamw", of(LibtorchOptimizer.Kind.ADAMW, adam), PeersTest::adamw),
        new Case("adam", of(LibtorchOptimizer.Kind.ADAM, adam), PeersTest::adam),
        new Case(
            "sgd",
            of(
                LibtorchOptimizer.Kind.SGD,
                Map.of("lr", LR, "momentum", 0.7, "weight_decay", 0.1, "nesterov", 1.0)),
            PeersTest::sgd),
        new Case(
            "rmsprop",
            of(LibtorchOptimizer.Kind.RMSPROP, Map.of("lr", LR, "alpha", 0.9, "eps", 1e-3)),
            PeersTest::rmsprop),
        new Case(
            "adagrad",
            of(LibtorchOptimizer.Kind.ADAGRAD, Map.of("lr", LR, "lr_decay", 0.5, "eps", 1e-3)),
            PeersTest::adagrad));
  }

  private static Peer of(LibtorchOptimizer.Kind kind, Map<String, Double> hyperparameters) {
    return LibtorchOptimizer.of(kind, hyperparameters, SIZES);
  }

  private static double adamw(int t, double p, double g, double[] s) {
    return p * (1 - LR * 0.1) - adamDirection(t, g, s);
  }

  private static double adam(int t, double p, double g, double[] s) {
    return p - adamDirection(t, g + 0.1 * p, s);
  }

  private static double adamDirection(int t, double g, double[] s) {
    s[0] = 0.8 * s[0] + 0.2 * g;
    s[1] = 0.95 * s[1] + 0.05 * g * g;
    double m = s[0] / (1 - Math.pow(0.8, t));
    double v = s[1] / (1 - Math.pow(0.95, t));
    return LR * m / (Math.sqrt(v) + 1e-3);
  }

  private static double sgd(int t, double p, double g, double[] s) {
    double decayed = g + 0.1 * p;
    s[0] = t == 1 ? decayed : 0.7 * s[0] + decayed;
    return p - LR * (decayed + 0.7 * s[0]);
  }

  private static double rmsprop(int t, double p, double g, double[] s) {
    s[0] = 0.9 * s[0] + 0.1 * g * g;
    return p - LR * g / (Math.sqrt(s[0]) + 1e-3);
  }

  private static double adagrad(int t, double p, double g, double[] s) {
    s[0] += g * g;
    return p - LR / (1 + (t - 1) * 0.5) * g / (Math.sqrt(s[0]) + 1e-3);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void steps_as_computed_by_hand(Case tested) {
    try (Peer peer = tested.peer()) {
      List<double[]> expected = new ArrayList<>();
      List<double[][]> states = new ArrayList<>();
      for (Parameter parameter : peer.parameters()) {
        expected.add(parameter.value().toDoubles());
        states.add(new double[Math.toIntExact(parameter.length())][2]);
      }
      for (int t = 1; t <= 2; t++) {
        peer.step();
        int p = 0;
        for (Parameter parameter : peer.parameters()) {
          Buffer gradient = Objects.requireNonNull(parameter.gradient());
          double[] values = expected.get(p);
          double[] before = values.clone();
          for (int i = 0; i < values.length; i++) {
            values[i] = tested.rule().next(t, values[i], gradient.get(i), states.get(p)[i]);
            assertThat(parameter.value().get(i)).isCloseTo(values[i], within(2e-6));
            gradient.set(i, 0.5 - 2 * gradient.get(i));
          }
          assertThat(values[0]).isNotEqualTo(before[0]);
          p++;
        }
      }
    }
  }

  @Test
  void starts_from_the_same_numbers_each_time() {
    try (Peer one = FusedAdamW.of(LR, 0.9, 0.999, 1e-8, 0, SIZES);
        Peer other = of(LibtorchOptimizer.Kind.SGD, Map.of())) {
      for (int p = 0; p < SIZES.size(); p++) {
        assertThat(one.parameters().list().get(p).value().toDoubles())
            .isEqualTo(other.parameters().list().get(p).value().toDoubles());
      }
    }
  }

  @Test
  void closing_gives_all_memory_back() {
    List<Long> large = List.of(2_000_000L); // 8 MB a tensor, four tensors a peer
    create(large);
    long before = Pointer.physicalBytes();
    for (int i = 0; i < 15; i++) {
      create(large);
    }
    assertThat(Pointer.physicalBytes() - before).isLessThan(100_000_000);
  }

  private static void create(List<Long> sizes) {
    try (Peer fused = FusedAdamW.of(LR, 0.9, 0.999, 1e-8, 0, sizes);
        Peer adamw = LibtorchOptimizer.of(LibtorchOptimizer.Kind.ADAMW, Map.of("lr", LR), sizes)) {
      fused.step();
      adamw.step();
    }
  }

  @Test
  void names_an_unknown_hyperparameter_and_the_known_ones() {
    assertThatThrownBy(() -> of(LibtorchOptimizer.Kind.SGD, Map.of("rate", 1.0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "libtorch's sgd has no hyperparameter [rate]; it has [dampening, lr, momentum,"
                + " nesterov, weight_decay]");
  }
}
