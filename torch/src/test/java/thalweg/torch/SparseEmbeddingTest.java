package thalweg.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.EmbeddingImpl;
import org.bytedeco.pytorch.EmbeddingOptions;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import thalweg.formula.Transformation;
import thalweg.memory.Buffer;
import thalweg.memory.SparseRows;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.Parameter;
import thalweg.optimizer.Parameters;
import thalweg.rules.Adagrad;
import thalweg.rules.Adam;
import thalweg.rules.Sgd;
import thalweg.rules.SparseAdam;

/** Embeddings whose gradient names only the rows of the batch. */
class SparseEmbeddingTest {
  @BeforeAll
  static void load() {
    Libtorch.load();
  }

  private static EmbeddingImpl embedding(long rows, long columns, boolean sparse) {
    EmbeddingOptions options = new EmbeddingOptions(rows, columns);
    options.sparse().put(sparse);
    return new EmbeddingImpl(options);
  }

  private static Tensor indices(long... rows) {
    return torch.tensor(rows);
  }

  /** The gradient of the sum: one for each time that a row is read. */
  private static void backward(EmbeddingImpl embedding, long... rows) {
    try (var scope = new PointerScope()) {
      embedding.forward(indices(rows)).sum().backward();
    }
  }

  private static Parameter table(EmbeddingImpl embedding) {
    return TorchParameters.of(embedding).list().getFirst();
  }

  private static SparseRows rows(Parameter parameter) {
    return Objects.requireNonNull(parameter.sparseGradient());
  }

  private static double[] values(SparseRows rows) {
    return rows.values().slice(0, rows.count() * rows.columns()).toDoubles();
  }

  @Test
  void the_gradient_is_the_rows_of_the_batch_and_duplicates_are_added_up() {
    EmbeddingImpl embedding = embedding(10, 2, true);
    Parameter table = table(embedding);
    assertThat(table.sparseGradient()).isNull();
    backward(embedding, 7, 3, 7, 7);
    assertThat(embedding.weight().grad().is_sparse()).isTrue();
    assertThat(table.gradient()).isNull();
    SparseRows rows = rows(table);
    assertThat(rows.count()).isEqualTo(2);
    assertThat(rows.row(0)).isEqualTo(3);
    assertThat(rows.row(1)).isEqualTo(7);
    assertThat(values(rows)).containsExactly(1, 1, 3, 3);
    backward(embedding, 3, 9);
    assertThat(rows(table)).as("kept, so that engines stay bound").isSameAs(rows);
    assertThat(values(rows)).as("backward adds up").containsExactly(2, 2, 3, 3, 1, 1);
  }

  @Test
  void zeros_are_written_in_place_and_backward_begins_anew() {
    EmbeddingImpl embedding = embedding(10, 1, true);
    Parameter table = table(embedding);
    Buffer memory = null;
    for (int step = 0; step < 50; step++) {
      table.zeroGradient();
      if (step > 0) {
        assertThat(rows(table).count()).isZero();
      }
      backward(embedding, step % 10, 9 - step % 10);
      assertThat(rows(table).count()).isEqualTo(2);
      assertThat(values(rows(table))).containsExactly(1, 1);
      memory = memory == null ? rows(table).values() : memory;
      assertThat(rows(table).values()).isSameAs(memory);
    }
    embedding.zero_grad(true);
    assertThat(table.sparseGradient()).isNull();
    assertThat(table.gradient()).isNull();
  }

  @Test
  void a_dense_gradient_may_follow_a_sparse_one_at_the_same_address() {
    Tensor tensor = torch.ones(6).view(3, 2).set_requires_grad(true);
    SequencedMap<String, Tensor> named = new LinkedHashMap<>();
    named.put("table", tensor);
    Parameter table = TorchParameters.of(named).list().getFirst();
    for (int i = 0; i < 100; i++) {
      try (var scope = new PointerScope()) {
        torch.embedding(tensor, indices(1), -1, false, true).sum().backward();
      }
      assertThat(rows(table).count()).isEqualTo(1);
      assertThat(table.gradient()).isNull();
      tensor.mutable_grad().reset();
      try (var scope = new PointerScope()) {
        tensor.sum().backward();
      }
      assertThat(table.sparseGradient()).isNull();
      assertThat(Objects.requireNonNull(table.gradient()).toDoubles()).containsOnly(1);
      tensor.mutable_grad().reset();
    }
  }

  @Test
  void a_frozen_embedding_and_a_released_one_have_no_rows() {
    EmbeddingImpl embedding = embedding(4, 2, true);
    Parameters parameters = TorchParameters.of(embedding);
    Parameter table = parameters.list().getFirst();
    backward(embedding, 1);
    embedding.weight().set_requires_grad(false);
    assertThat(table.sparseGradient()).isNull();
    table.zeroGradient();
    embedding.weight().set_requires_grad(true);
    assertThat(rows(table).count()).isEqualTo(1);
    TorchParameters.release(parameters);
    assertThatThrownBy(table::sparseGradient)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("was released");
  }

  @Test
  void a_dense_rule_refuses_it_and_names_the_others() {
    EmbeddingImpl embedding = embedding(4, 2, true);
    backward(embedding, 1);
    try (var optimizer = Optimizer.of(Adam.lr(0.1), TorchParameters.of(embedding))) {
      assertThatThrownBy(optimizer::step)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("parameter 'weight' has a sparse gradient, but adam changes")
          .hasMessageEndingWith("use sgd, adagrad, sparse_adam, or a dense gradient");
    }
  }

  /** Words 0 to 19, each good or bad; a pair is as good as both. */
  private static final class Words extends Module {
    private final EmbeddingImpl embedding;
    private final LinearImpl head = new LinearImpl(4, 1);

    Words(boolean sparse) {
      embedding = register_module("words", embedding(20, 4, sparse));
      register_module("head", head);
    }

    double loss(int step) {
      try (var scope = new PointerScope()) {
        long[] words = new long[16];
        float[] scores = new float[8];
        for (int i = 0; i < words.length; i++) {
          words[i] = Math.floorMod((step * 16L + i) * (step * 16L + i) * 7 + i, 20);
          scores[i / 2] += words[i] % 3 == 0 ? 1 : -1;
        }
        Tensor read = embedding.forward(indices(words)).view(8, 2, 4).sum(1);
        Tensor mean = torch.mse_loss(head.forward(read), torch.tensor(scores).view(8, 1));
        mean.backward();
        return mean.item_float();
      }
    }
  }

  @Test
  void words_are_learned_with_groups_of_their_own_rules() {
    torch.manual_seed(1);
    Words model = new Words(true);
    double first = 0;
    double last = 0;
    Parameters parameters = TorchParameters.of(model);
    try (var optimizer =
        Optimizer.over(parameters)
            .group("words", p -> p.name().startsWith("words"), SparseAdam.lr(0.02))
            .otherwise(Adam.lr(0.01))
            .build()) {
      for (int step = 0; step < 400; step++) {
        optimizer.zeroGrad();
        double loss = model.loss(step);
        assertThat(model.embedding.weight().grad().is_sparse()).isTrue();
        optimizer.step();
        first = step == 0 ? loss : first;
        last = loss;
      }
      assertThat(optimizer.state().updates()).containsEntry("words/words.weight", 400L);
    }
    assertThat(first).isGreaterThan(0.5);
    assertThat(last).isLessThan(0.01);
  }

  @Test
  void a_sparse_embedding_walks_with_the_dense_one() {
    for (Transformation rule : List.of(Adagrad.lr(0.1), Sgd.lr(0.05))) {
      Words sparse = new Words(true);
      Words dense = new Words(false);
      Weights.of(sparse).into(dense);
      try (var one = Optimizer.of(rule, TorchParameters.of(sparse));
          var other = Optimizer.of(rule, TorchParameters.of(dense))) {
        for (int step = 0; step < 60; step++) {
          one.zeroGrad();
          other.zeroGrad();
          sparse.loss(step);
          dense.loss(step);
          one.step();
          other.step();
        }
      }
      assertThat(sparse.embedding.weight().grad().is_sparse()).isTrue();
      assertThat(dense.embedding.weight().grad().is_sparse()).isFalse();
      Parameters ours = TorchParameters.of(sparse);
      Parameters theirs = TorchParameters.of(dense);
      for (int p = 0; p < ours.size(); p++) {
        double[] actual = ours.list().get(p).value().toDoubles();
        double[] expected = theirs.list().get(p).value().toDoubles();
        for (int i = 0; i < actual.length; i++) {
          assertThat(actual[i]).as(rule.name() + p).isCloseTo(expected[i], within(1e-6));
        }
      }
    }
  }

  @Test
  void thousands_of_steps_keep_no_gradient() {
    EmbeddingImpl embedding = embedding(5_000, 128, true);
    long[] batch = new long[512];
    long before = 0;
    try (var optimizer = Optimizer.of(Adagrad.lr(0.1), TorchParameters.of(embedding))) {
      for (int step = 0; step < 2_000; step++) { // 256 KB each, half a gigabyte together
        for (int i = 0; i < batch.length; i++) {
          batch[i] = (step * 31L + i * 7L) % 5_000;
        }
        optimizer.zeroGrad();
        backward(embedding, batch);
        optimizer.step();
        before = step == 200 ? Pointer.physicalBytes() : before;
      }
    }
    assertThat(Pointer.physicalBytes() - before).isLessThan(100_000_000);
  }
}
