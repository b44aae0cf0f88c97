package thalweg.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import thalweg.rules.Adam;
import thalweg.rules.Sgd;

class GroupsTest {
  private final float[] weight = {1, 1, 1, 1};
  private final float[] bias = {1, 1};
  private final Parameters parameters =
      Parameters.of(
          ArrayParameter.of("layer.weight", weight, new float[] {1, 1, 1, 1}, 2, 2),
          ArrayParameter.of("layer.bias", bias, new float[] {1, 1}),
          ArrayParameter.of("scale", new float[] {1}, new float[] {1}));

  @Test
  void parametersGoToTheGroupThatAsksForThem() {
    try (var optimizer =
        Optimizer.over(parameters)
            .group("vectors", p -> p.rank() < 2, Sgd.lr(0.25))
            .otherwise(Sgd.lr(0.5))
            .build()) {
      optimizer.step();
      assertThat(weight).containsExactly(0.5f, 0.5f, 0.5f, 0.5f);
      assertThat(bias).containsExactly(0.75f, 0.75f);
      assertThat(optimizer.groups()).extracting(Group::name).containsExactly("vectors", "default");
      assertThat(optimizer.group("vectors").parameters())
          .extracting(Parameter::name)
          .containsExactly("layer.bias", "scale");
      assertThat(optimizer.group("default").elements()).isEqualTo(4);
    }
  }

  @Test
  void whereTwoGroupsWantAParameterTheFirstGetsIt() {
    try (var optimizer =
        Optimizer.over(parameters)
            .group("layer", p -> p.name().startsWith("layer."), Sgd.lr(0.5))
            .group("vectors", p -> p.rank() < 2, Sgd.lr(0.25))
            .build()) {
      assertThat(optimizer.group("layer").parameters()).hasSize(2);
      assertThat(optimizer.group("vectors").parameters())
          .extracting(Parameter::name)
          .containsExactly("scale");
    }
  }

  @Test
  void aGroupThatMatchesNothingIsRefusedWithTheNamesThereAre() {
    assertThatThrownBy(() ->
            Optimizer.over(parameters)
                .group("embeddings", p -> p.name().startsWith("embed."), Sgd.lr(0.5))
                .otherwise(Sgd.lr(0.1))
                .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("group 'embeddings' matches no parameter; names are layer. (2), scale (1)");
  }

  @Test
  void parametersThatNobodyWantsAreNamed() {
    assertThatThrownBy(() ->
            Optimizer.over(parameters).group("matrices", p -> p.rank() == 2, Sgd.lr(0.5)).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("parameters [layer.bias, scale] are in no group; add otherwise(rule)");
  }

  @Test
  void anOtherwiseThatIsLeftNothingIsFine() {
    try (var optimizer =
        Optimizer.over(parameters)
            .group("all", p -> true, Sgd.lr(0.5))
            .otherwise(Sgd.lr(0.1))
            .build()) {
      assertThat(optimizer.groups()).extracting(Group::name).containsExactly("all");
    }
  }

  @Test
  void twoGroupsOfOneNameAreRefused() {
    assertThatThrownBy(() ->
            Optimizer.over(parameters)
                .group("a", p -> p.rank() == 2, Sgd.lr(0.5))
                .group("a", p -> p.rank() < 2, Sgd.lr(0.5))
                .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("two groups are named 'a'");
  }

  @Test
  void anUnknownGroupIsAnsweredWithTheKnownOnes() {
    try (var optimizer =
        Optimizer.over(parameters)
            .group("vectors", p -> p.rank() < 2, Sgd.lr(0.25))
            .otherwise(Sgd.lr(0.5))
            .build()) {
      assertThatThrownBy(() -> optimizer.group("vector"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("no group 'vector'; there are vectors, default");
    }
  }

  @Test
  void twoParametersOfOneNameAreRefused() {
    assertThatThrownBy(() ->
            Parameters.of(
                ArrayParameter.of("w", new float[1], new float[1]),
                ArrayParameter.of("w", new float[2], new float[2])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("two parameters are named 'w'; state is kept by name, so give each its own");
  }

  @Test
  void aShapeThatDoesNotHoldTheValuesIsRefused() {
    assertThatThrownBy(() -> ArrayParameter.of("w", new float[5], new float[5], 2, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("parameter 'w': shape [2, 3] holds 6 elements, its values are 5");
  }

  @Test
  void stateIsCountedInBytes() {
    try (var optimizer =
        Optimizer.over(parameters)
            .group("vectors", p -> p.rank() < 2, Sgd.lr(0.25))
            .otherwise(Adam.lr(0.5))
            .backend("block")
            .build()) {
      // two float32 for each of four elements; none for sgd
      assertThat(optimizer.stateBytes()).isEqualTo(4 * 2 * 4);
      assertThat(optimizer.group("vectors").stateBytes()).isZero();
    }
  }

  @Test
  void anOptimizerWithoutParametersDoesNothing() {
    try (var optimizer = Optimizer.of(Sgd.lr(0.1), Parameters.of())) {
      optimizer.zeroGrad();
      optimizer.step();
    }
  }
}
