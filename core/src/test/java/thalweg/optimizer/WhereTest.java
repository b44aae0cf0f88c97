package thalweg.optimizer;

import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import thalweg.rules.AdamW;

class WhereTest {
  private static final Parameters PARAMETERS =
      Parameters.of(
          zeros("embed.weight", 3, 2),
          zeros("encoder.0.weight", 2, 2),
          zeros("encoder.0.bias", 2),
          zeros("encoder.1.weight", 2, 2),
          zeros("encoder.10.bias", 1, 2),
          zeros("norm.weight", 2),
          zeros("temperature", new long[0]),
          zeros("debias", 2, 2));

  private static Parameter zeros(String name, long... shape) {
    int length = 1;
    for (long size : shape) {
      length *= (int) size;
    }
    return new ArrayParameter(
        name,
        java.util.Arrays.stream(shape).boxed().toList(),
        thalweg.memory.Buffer.of(new float[length]),
        thalweg.memory.Buffer.of(new float[length]));
  }

  private static List<String> names(Predicate<Parameter> where) {
    return PARAMETERS.list().stream().filter(where).map(Parameter::name).toList();
  }

  @Test
  void biasOrNormIsWhatHasFewDimensionsOrIsNamedSo() {
    // encoder.10.bias is a matrix of one row, yet a bias; debias only ends like one
    assertThat(names(Where.biasOrNorm()))
        .containsExactly("encoder.0.bias", "encoder.10.bias", "norm.weight", "temperature");
    assertThat(Where.biasOrNorm()).accepts(zeros("bias", 1, 2)).rejects(zeros("weight", 1, 2));
  }

  @Test
  void rankBelowCountsDimensions() {
    assertThat(names(Where.rankBelow(1))).containsExactly("temperature");
    assertThat(names(Where.rankBelow(0))).isEmpty();
    assertThat(names(Where.rankBelow(3))).hasSize(8);
  }

  @Test
  void nameStartsWithIsLiteral() {
    assertThat(names(Where.nameStartsWith("encoder.1."))).containsExactly("encoder.1.weight");
    assertThat(names(Where.nameStartsWith("en.oder"))).isEmpty();
  }

  @Test
  void aGlobFitsTheWholeName() {
    assertThat(names(Where.name("encoder.*.weight")))
        .containsExactly("encoder.0.weight", "encoder.1.weight");
    assertThat(names(Where.name("encoder.?.*")))
        .containsExactly("encoder.0.weight", "encoder.0.bias", "encoder.1.weight");
    assertThat(names(Where.name("*bias")))
        .containsExactly("encoder.0.bias", "encoder.10.bias", "debias");
    assertThat(names(Where.name("norm"))).isEmpty();
    assertThat(names(Where.name("*"))).hasSize(8);
  }

  @Test
  void whatMeansSomethingInARegularExpressionIsItselfInAGlob() {
    assertThat(Where.name("a+[b]$.w")).accepts(zeros("a+[b]$.w", 1)).rejects(zeros("aab.w", 1));
    assertThat(Where.name("a.b")).rejects(zeros("axb", 1));
  }

  @Test
  void aRegularExpressionFitsTheWholeName() {
    assertThat(names(Where.nameMatches(Pattern.compile("encoder\\.\\d\\..*"))))
        .containsExactly("encoder.0.weight", "encoder.0.bias", "encoder.1.weight");
  }

  @Test
  void predicatesCompose() {
    assertThat(names(Where.nameStartsWith("encoder.").and(not(Where.biasOrNorm()))))
        .containsExactly("encoder.0.weight", "encoder.1.weight");
    assertThat(names(Where.name("embed.*").or(Where.rankBelow(1))))
        .containsExactly("embed.weight", "temperature");
  }

  @Test
  void biasesAndNormsAreLeftOutOfTheDecay() {
    float[] weight = {1, 1};
    float[] bias = {1};
    var parameters =
        Parameters.of(
            ArrayParameter.of("weight", weight, new float[2], 1, 2),
            ArrayParameter.of("bias", bias, new float[1]));
    try (var optimizer =
        Optimizer.over(parameters)
            .group("no decay", Where.biasOrNorm(), AdamW.lr(0.5).weightDecay(0))
            .otherwise(AdamW.lr(0.5).weightDecay(0.5))
            .build()) {
      optimizer.step();
    }
    // 1 − 0.5·0.5; gradients are zero
    assertThat(weight).containsExactly(0.75f, 0.75f);
    assertThat(bias).containsExactly(1);
  }

  @Test
  void aGlobThatFitsNothingIsAnsweredWithTheNamesThereAre() {
    assertThatThrownBy(() ->
            Optimizer.over(PARAMETERS)
                .group("decoder", Where.name("decoder.*"), AdamW.lr(0.1))
                .otherwise(AdamW.lr(0.1))
                .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("group 'decoder' matches no parameter; names are embed. (1)");
  }
}
