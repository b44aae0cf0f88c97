package thalweg.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import thalweg.memory.Buffer;
import thalweg.memory.NumberType;
import thalweg.optimizer.Parameter;
import thalweg.optimizer.Parameters;

class TorchParametersTest {
  @BeforeAll
  static void load() {
    Libtorch.load();
  }

  /** y = w x + b with the given gradient: d(sum y)/dw = the sum over rows of x. */
  private static void backward(LinearImpl layer, float... features) {
    try (var scope = new PointerScope()) {
      long rows = features.length / layer.weight().size(1);
      Tensor x = torch.tensor(features).view(rows, layer.weight().size(1));
      layer.forward(x).sum().backward();
    }
  }

  private static Buffer gradient(Parameter parameter) {
    return Objects.requireNonNull(parameter.gradient(), parameter.name());
  }

  private static SequencedMap<String, Tensor> named(String name, Tensor tensor) {
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put(name, tensor);
    return tensors;
  }

  @Test
  void carry_libtorchs_names_and_shapes() {
    Module outer = new Module();
    outer.register_module("encoder", new LinearImpl(3, 2));
    outer.register_module("head", new LinearImpl(2, 1));
    Parameters parameters = TorchParameters.of(outer);
    assertThat(parameters)
        .extracting(Parameter::name)
        .containsExactly("encoder.weight", "encoder.bias", "head.weight", "head.bias");
    assertThat(parameters.list().get(0).shape()).containsExactly(2L, 3L);
    assertThat(parameters.list().get(1).shape()).containsExactly(2L);
    assertThat(parameters.elements()).isEqualTo(6 + 2 + 2 + 1);
  }

  @Test
  void what_java_writes_the_next_forward_reads() {
    LinearImpl layer = new LinearImpl(2, 1);
    Parameters parameters = TorchParameters.of(layer);
    parameters.list().get(0).value().set(0, 10);
    parameters.list().get(0).value().set(1, 100);
    parameters.list().get(1).value().set(0, 1000);
    try (var scope = new PointerScope()) {
      Tensor y = layer.forward(torch.tensor(new float[] {2, 3}).view(1, 2));
      assertThat(y.item_float()).isEqualTo(1320f);
    }
  }

  @Test
  void what_backward_wrote_java_reads_and_zeros_in_place() {
    LinearImpl layer = new LinearImpl(2, 1);
    Parameter weight = TorchParameters.of(layer).list().get(0);
    assertThat(weight.gradient()).isNull();
    backward(layer, 2, 3);
    assertThat(gradient(weight).toDoubles()).containsExactly(2, 3);
    backward(layer, 2, 3);
    assertThat(gradient(weight).toDoubles()).as("backward adds up").containsExactly(4, 6);
    gradient(weight).fill(0);
    backward(layer, 5, 7, 1, 1);
    assertThat(gradient(weight).toDoubles()).containsExactly(6, 8);
  }

  @Test
  void buffers_stay_the_same_objects_while_the_memory_stays() {
    LinearImpl layer = new LinearImpl(2, 1);
    Parameter weight = TorchParameters.of(layer).list().get(0);
    backward(layer, 2, 3);
    Buffer value = weight.value();
    Buffer gradient = gradient(weight);
    for (int i = 0; i < 100; i++) {
      gradient.fill(0);
      backward(layer, 2, 3);
      assertThat(weight.value()).isSameAs(value);
      assertThat(weight.gradient()).isSameAs(gradient);
      assertThat(gradient.get(1)).isEqualTo(3);
    }
  }

  @Test
  void a_gradient_set_to_none_is_null_and_bound_again_after_backward() {
    LinearImpl layer = new LinearImpl(2, 1);
    Parameter weight = TorchParameters.of(layer).list().get(0);
    for (int i = 1; i <= 50; i++) {
      backward(layer, i, -i);
      assertThat(gradient(weight).toDoubles()).containsExactly(i, -i);
      assertThat(gradient(weight).segment().address())
          .isEqualTo(layer.weight().grad().data_ptr().address());
      layer.zero_grad(true);
      if (i % 2 == 0) { // asked between, or not
        assertThat(weight.gradient()).isNull();
      }
    }
  }

  @Test
  void gradients_set_to_none_again_and_again_are_freed() {
    Tensor tensor = torch.ones(2_000_000).set_requires_grad(true);
    Parameter parameter = TorchParameters.of(named("large", tensor)).list().get(0);
    long before = 0;
    for (int i = 0; i < 60; i++) { // 8 MB each
      try (var scope = new PointerScope()) {
        tensor.mul(tensor).sum().backward();
        assertThat(gradient(parameter).get(7)).isEqualTo(2);
        tensor.mutable_grad().reset();
      }
      before = i == 10 ? Pointer.physicalBytes() : before;
    }
    assertThat(Pointer.physicalBytes() - before).isLessThan(200_000_000);
  }

  @Test
  void a_gradient_bound_inside_a_scope_outlives_it() {
    LinearImpl layer = new LinearImpl(2, 1);
    Parameter weight;
    try (var scope = new PointerScope()) {
      weight = TorchParameters.of(layer).list().get(0);
      backward(layer, 2, 3);
      assertThat(gradient(weight).get(0)).isEqualTo(2);
    }
    layer.zero_grad(true);
    try (var scope = new PointerScope()) {
      torch.ones(2).add(torch.ones(2)); // would take the freed memory
    }
    assertThat(weight.gradient()).isNull();
    backward(layer, 4, 5);
    assertThat(gradient(weight).toDoubles()).containsExactly(4, 5);
    assertThat(weight.value().length()).isEqualTo(2);
  }

  @Test
  void a_value_moved_by_set_data_is_found_again() {
    LinearImpl layer = new LinearImpl(2, 1);
    Parameter weight = TorchParameters.of(layer).list().get(0);
    Buffer before = weight.value();
    layer.weight().set_data(torch.tensor(new float[] {8, 9}).view(1, 2));
    assertThat(weight.value().toDoubles()).containsExactly(8, 9);
    assertThat(weight.value()).isNotSameAs(before).isSameAs(weight.value());
    before.set(0, 1); // the old memory is still there, and is nobody's
    assertThat(weight.value().get(0)).isEqualTo(8);
  }

  @Test
  void a_gradient_moved_by_set_data_is_found_again() {
    LinearImpl layer = new LinearImpl(2, 1);
    Parameter weight = TorchParameters.of(layer).list().get(0);
    backward(layer, 2, 3);
    Buffer before = gradient(weight);
    try (var scope = new PointerScope()) {
      layer.weight().grad().set_data(torch.tensor(new float[] {8, 9}).view(1, 2));
    }
    assertThat(before.toDoubles()).as("the old memory is still there").containsExactly(2, 3);
    assertThat(gradient(weight).toDoubles()).containsExactly(8, 9);
    assertThat(weight.gradient()).isNotSameAs(before).isSameAs(weight.gradient());
    backward(layer, 1, 1);
    assertThat(gradient(weight).toDoubles()).containsExactly(9, 10);
  }

  @Test
  void another_part_of_the_same_memory_is_another_place() {
    Tensor tensor = torch.zeros(2).set_requires_grad(true);
    Parameter parameter = TorchParameters.of(named("part", tensor)).list().get(0);
    Tensor whole = torch.tensor(new float[] {1, 2, 3, 4});
    Tensor gradients = torch.tensor(new float[] {5, 6, 7, 8});
    tensor.mutable_grad().put(torch.zeros(2));
    for (int from : new int[] {0, 2, 0}) {
      tensor.set_data(whole.narrow(0, from, 2));
      tensor.grad().set_data(gradients.narrow(0, from, 2));
      assertThat(parameter.value().toDoubles()).containsExactly(from + 1, from + 2);
      assertThat(gradient(parameter).toDoubles()).containsExactly(from + 5, from + 6);
    }
  }

  @Test
  void a_tensor_under_two_names_is_one_parameter_of_the_first() {
    Module outer = new Module();
    LinearImpl layer = new LinearImpl(2, 1);
    outer.register_module("encoder", layer);
    outer.register_module("decoder", layer);
    outer.register_parameter("extra", layer.weight());
    assertThat(TorchParameters.of(outer))
        .extracting(Parameter::name)
        .containsExactly("extra", "encoder.bias");

    Tensor tensor = torch.ones(2);
    SequencedMap<String, Tensor> tensors = named("first", tensor);
    tensors.put("second", new Tensor(tensor));
    tensors.put("copy", tensor.clone());
    assertThat(TorchParameters.of(tensors))
        .extracting(Parameter::name)
        .containsExactly("first", "copy");
  }

  @Test
  void released_parameters_say_so_and_leave_the_module_alone() {
    LinearImpl layer = new LinearImpl(2, 1);
    Parameters parameters = TorchParameters.of(layer);
    Parameter weight = parameters.list().get(0);
    backward(layer, 2, 3);
    assertThat(gradient(weight).toDoubles()).containsExactly(2, 3);
    TorchParameters.release(parameters);
    TorchParameters.release(parameters);
    assertThatThrownBy(weight::value)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "parameter 'weight' was released; bind the module again with TorchParameters.of");
    assertThatThrownBy(weight::gradient).isInstanceOf(IllegalStateException.class);
    backward(layer, 2, 3);
    assertThat(gradient(TorchParameters.of(layer).list().get(0)).toDoubles()).containsExactly(4, 6);
  }

  @Test
  void a_frozen_parameter_has_no_gradient_until_it_thaws() {
    LinearImpl layer = new LinearImpl(2, 1);
    layer.weight().set_requires_grad(false);
    Parameters parameters = TorchParameters.of(layer);
    backward(layer, 2, 3);
    assertThat(parameters.list().get(0).gradient()).isNull();
    assertThat(parameters.list().get(1).gradient()).isNotNull();
    layer.weight().set_requires_grad(true);
    backward(layer, 2, 3);
    assertThat(gradient(parameters.list().get(0)).toDoubles()).containsExactly(2, 3);
    layer.weight().set_requires_grad(false);
    assertThat(parameters.list().get(0).gradient()).as("frozen with a gradient left").isNull();
  }

  @Test
  void float64_scalars_and_empty_tensors_are_bound_too() {
    Tensor wide = torch.ones(2, 2).to(torch.ScalarType.Double).set_requires_grad(true);
    Parameter parameter = TorchParameters.of(named("wide", wide)).list().get(0);
    wide.mul(wide).sum().backward();
    assertThat(parameter.value().type()).isEqualTo(NumberType.FLOAT64);
    assertThat(gradient(parameter).toDoubles()).containsExactly(2, 2, 2, 2);

    Tensor scalar = torch.zeros(new long[0]).set_requires_grad(true);
    assertThat(TorchParameters.of(named("s", scalar)).list().get(0).shape()).isEqualTo(List.of());
    assertThat(TorchParameters.of(named("e", torch.zeros(0))).elements()).isZero();
  }

  @Test
  void what_cannot_be_trained_is_named() {
    assertThatThrownBy(
            () -> TorchParameters.of(named("embed.w", torch.ones(2).to(torch.ScalarType.Int))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("parameter 'embed.w' is Int")
        .hasMessageContaining("convert the module");
    assertThatThrownBy(() -> TorchParameters.of(named("turned", torch.ones(2, 3).t())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "parameter 'turned' is not contiguous (sizes [3, 2], strides [1, 3]); replace it by"
                + " tensor.contiguous() before binding");
  }

  @Test
  void asking_allocates_nothing() {
    LinearImpl layer = new LinearImpl(2, 1);
    Parameter weight = TorchParameters.of(layer).list().get(0);
    backward(layer, 2, 3);
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated = Long.MAX_VALUE;
    for (int round = 0; round < 20 && allocated > 0; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 20_000; i++) {
        if (weight.value() == null || weight.gradient() == null) {
          throw new AssertionError("lost");
        }
      }
      allocated = threads.getCurrentThreadAllocatedBytes() - before;
    }
    assertThat(allocated).isZero();
  }
}
