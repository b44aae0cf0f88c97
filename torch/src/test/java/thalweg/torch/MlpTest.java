package thalweg.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import thalweg.optimizer.Parameter;
import thalweg.optimizer.Parameters;

class MlpTest {
  private static final Mlp.Shape LARGE =
      new Mlp.Shape(64, List.of(1000, 1000), 10, Activation.RELU); // 4.3 MB, and its gradients

  private static void backward(Mlp model) {
    try (var scope = new PointerScope()) {
      model.forward(torch.ones(4, model.shape().inputs())).sum().backward();
    }
  }

  @Test
  void a_closed_network_leaves_no_memory_behind() {
    long before = 0;
    for (int i = 0; i < 40; i++) {
      try (Mlp model = Mlp.of(LARGE, 1)) {
        backward(model);
      }
      before = i == 9 ? Pointer.physicalBytes() : before;
    }
    assertThat(Pointer.physicalBytes() - before).isLessThan(60_000_000);
  }

  @Test
  void released_parameters_leave_no_memory_behind() {
    long before = 0;
    for (int i = 0; i < 40; i++) {
      Mlp model = Mlp.of(LARGE, 1);
      Parameters parameters = TorchParameters.of(model);
      backward(model);
      for (Parameter parameter : parameters) {
        assertThat(parameter.gradient()).isNotNull();
        assertThat(parameter.value().length()).isEqualTo(parameter.length());
      }
      TorchParameters.release(parameters);
      model.close();
      before = i == 9 ? Pointer.physicalBytes() : before;
    }
    assertThat(Pointer.physicalBytes() - before).isLessThan(60_000_000);
  }

  @Test
  void a_network_is_freed_with_its_last_reference() {
    Mlp model = Mlp.of(new Mlp.Shape(3, List.of(2), 1, Activation.RELU), 1);
    model.<Mlp>retainReference().close();
    backward(model);
    model.close();
    assertThat(model.isNull()).isTrue();
    model.close();
  }
}
