package thalweg.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static thalweg.transforms.Transformations.chain;
import static thalweg.transforms.Transformations.clipByGlobalNorm;

import org.junit.jupiter.api.Test;
import thalweg.rules.AdamW;
import thalweg.rules.Sgd;

class ExplainTest {
  private final Parameters parameters =
      Parameters.of(
          ArrayParameter.of("weight", new float[6], new float[6], 2, 3),
          ArrayParameter.of("bias", new float[3], new float[3]));

  @Test
  void saysBackendGroupsStateFormulaAndPasses() {
    try (Optimizer optimizer =
        Optimizer.over(parameters)
            .group("biases", p -> p.rank() < 2, Sgd.lr(0.1))
            .otherwise(chain(clipByGlobalNorm(1), AdamW.lr(1e-3)))
            .backend("block")
            .build()) {
      assertThat(optimizer.explain())
          .startsWith("backend block: chosen by name\n")
          .contains("group 'biases': 1 parameters, 3 elements, 0 bytes of state")
          .contains("θ ← θ − η g")
          .contains("group 'default': 1 parameters, 6 elements, 48 bytes of state\n")
          .contains("48 bytes held with working memory so far; computed, after a step: 48\n")
          .contains("clip_by_global_norm(1) | adamw")
          .contains("2 passes, 32 bytes a parameter and step");
    }
  }

  @Test
  void showsTheValuesInForce() {
    try (Optimizer optimizer =
        Optimizer.over(parameters).otherwise(AdamW.lr(1e-3)).backend("block").build()) {
      optimizer.group("default").set("lr", 0.25);
      assertThat(optimizer.explain()).contains("adamw(lr=0.25)");
    }
  }
}
