package thalweg.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import thalweg.formula.Chain;
import thalweg.formula.Hyperparameters.Component;
import thalweg.formula.Transformation;
import thalweg.rules.Adafactor;
import thalweg.rules.Adam;
import thalweg.rules.AdamW;
import thalweg.rules.Sgd;
import thalweg.transforms.ClipByGlobalNorm;
import thalweg.transforms.EpsPlacement;
import thalweg.transforms.ScaleByAdam;

class SpecsTest {
  @Test
  void readsAChain() {
    assertThat(Specs.parse("clip_by_global_norm(1.0) | adamw(lr=3e-4, betas=[0.9, 0.95])"))
        .isEqualTo(Chain.of(new ClipByGlobalNorm(1), AdamW.lr(3e-4).beta2(0.95)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "adamw(lr=3e-4, betas=[0.9, 0.95])",
        "adamw(lr=0.0003,betas=(0.9,0.95))",
        " adamw ( lr = .0003 , betas = [ 0.9 , 0.95 ] ) ",
        "adamw(\n  3e-4,\n  0.9,\n  0.95\n)",
        "adamw(3e-4, [0.9, 0.95])",
        "adamw(+3.E-4, beta2=0.95)",
        "adamw(lr=3e-4, beta2=0.95, beta1=0.9, amsgrad=false, eps_placement=outside)"
      })
  void oneRuleMayBeSpelledInManyWays(String text) {
    assertThat(Specs.parse(text)).isEqualTo(AdamW.lr(3e-4).beta2(0.95));
  }

  @Test
  void readsWordsAndTruth() {
    assertThat(Specs.parse("adam(eps_placement=INSIDE, amsgrad=True)"))
        .isEqualTo(Adam.lr(1e-3).epsPlacement(EpsPlacement.INSIDE).amsgrad(true));
    assertThat(Specs.parse("sgd(dampening=-1, momentum=0.5)"))
        .isEqualTo(Sgd.lr(1e-3).momentum(0.5).dampening(-1));
    assertThat(Specs.parse("scale_by_adam([0.5, 0.6], 1e-3, true)"))
        .isEqualTo(new ScaleByAdam(0.5, 0.6, 1e-3, true, EpsPlacement.OUTSIDE, true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          adamw();                                                   adamw
          clip_by_global_norm(1.0)|adamw(lr=3.0E-4);                 clip_by_global_norm(1) | adamw(lr=3e-4)
          adamw(lr=0.001, weight_decay=0.01);                        adamw
          adam(0.1, 0.9, 0.99);                                      adam(lr=0.1, betas=[0.9, 0.99])
          adam(beta1=0.5);                                           adam(betas=[0.5, 0.999])
          sgd(lr=0.01, nesterov=true, momentum=0.9);                 sgd(lr=0.01, momentum=0.9, nesterov=true)
          descend(lr=0.5);                                           descend(0.5)
          scale_by_rss(eps=1e-6);                                    scale_by_rss(eps=1e-6)
          adam(eps_placement=inside);                                adam(eps_placement=inside)
          negate | sgd;                                              negate | sgd
          """)
  void printsTheShortCanonicalForm(String text, String canonical) {
    assertThat(Specs.print(Specs.parse(text))).isEqualTo(canonical);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "0.9, 0.9",
    "0.05, 0.05",
    "0.01, 0.01",
    "0.001, 1e-3",
    "0.0015, 0.0015",
    "0.005, 5e-3",
    "3e-4, 3e-4",
    "1.25e-7, 1.25e-7",
    "-0.002, -2e-3",
    "64000, 64000",
    "1e7, 1e7",
    "1e300, 1e300",
    "-0.0, -0",
    "4.9e-324, 4.9e-324",
    "0.1234567890123, 0.1234567890123"
  })
  void numbersAreAsShortAsTheyCanBe(double value, String text) {
    assertThat(NumberText.of(value)).isEqualTo(text);
    assertThat(Double.parseDouble(text)).isEqualTo(value);
  }

  @Test
  void anyNumberParsesBackToTheSameBits() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      double value =
          i % 2 == 0
              ? Double.longBitsToDouble(random.nextLong())
              : random.nextInt(1000) * Math.pow(10, -random.nextInt(8));
      if (Double.isFinite(value)) {
        assertThat(Double.parseDouble(NumberText.of(value))).isEqualTo(value);
      }
    }
  }

  @Test
  void whatIsPrintedParsesBackToTheSame() {
    Random random = new Random(42);
    for (int i = 0; i < 3_000; i++) {
      List<Transformation> links = new ArrayList<>();
      int length = 1 + random.nextInt(3);
      for (int j = 0; j < length; j++) {
        links.add(anyLink(random));
      }
      Transformation rule = length == 1 ? links.getFirst() : new Chain(links);
      String text = Specs.print(rule);
      assertThat(Specs.parse(text)).as(text).isEqualTo(rule);
      assertThat(Specs.print(Specs.parse(text))).isEqualTo(text);
    }
  }

  private static Transformation anyLink(Random random) {
    List<CatalogueEntry> entries = Catalogue.entries();
    while (true) {
      CatalogueEntry entry = entries.get(random.nextInt(entries.size()));
      Object[] values =
          entry.hyperparameters().list().stream().map(c -> anyValue(c, random)).toArray();
      try {
        return (Transformation) entry.hyperparameters().construct(entry.type(), values);
      } catch (IllegalArgumentException _) {
        // Some hyperparameters exclude each other: draw again.
      }
    }
  }

  private static Object anyValue(Component component, Random random) {
    if (!component.standard().isEmpty() && random.nextInt(3) == 0) {
      return component.parse("", component.standard());
    }
    if (component.type() == boolean.class) {
      return random.nextBoolean();
    }
    if (component.type().isEnum()) {
      Object[] choices = component.type().getEnumConstants();
      return choices[random.nextInt(choices.length)];
    }
    if (component.type() == int.class) {
      int value = random.nextInt(100);
      return component.contains(value) ? value : value + 1;
    }
    if (component.type() == long.class) {
      return random.nextLong();
    }
    assertThat(component.type()).isEqualTo(double.class);
    while (true) {
      double value =
          switch (random.nextInt(3)) {
            case 0 -> random.nextDouble();
            case 1 -> Math.scalb(random.nextGaussian(), random.nextInt(200) - 100);
            default -> random.nextInt(100) / 100.0;
          };
      if (component.contains(value)) {
        return value;
      }
    }
  }

  @Test
  void readsANameWithItsHyperparametersBesideIt() {
    assertThat(Specs.parse("adam", Map.of())).isEqualTo(Adam.lr(1e-3));
    assertThat(Specs.parse("clip_by_global_norm(0.5) | adamw(lr=0.01)", Map.of()))
        .isEqualTo(Chain.of(new ClipByGlobalNorm(0.5), AdamW.lr(0.01)));
    assertThat(
            Specs.parse(
                "adam",
                Map.of(
                    "lr",
                    1,
                    "betas",
                    List.of(0.8, 0.95),
                    "amsgrad",
                    true,
                    "eps_placement",
                    "inside")))
        .isEqualTo(
            Adam.lr(1).beta1(0.8).beta2(0.95).amsgrad(true).epsPlacement(EpsPlacement.INSIDE));
    assertThat(Specs.parse("sgd", Map.of("lr", 0.1f))).isEqualTo(Sgd.lr(0.1f));
  }

  @Test
  void anOptimizerMustMakeSenseAsAWhole() {
    assertThat(Specs.parseOptimizer("clip_by_value(1) | sgd"))
        .isEqualTo(Specs.parse("clip_by_value(1) | sgd"));
    assertThatThrownBy(() -> Specs.parseOptimizer("clip_by_value(1)"))
        .isInstanceOf(SpecException.class)
        .hasMessageStartingWith("'clip_by_value(1)': nothing moves the parameter");
  }

  @Test
  void aDefaultIsWrittenOutWhereItIsToBeShown() {
    assertThat(Specs.print(Specs.parse("clip_by_norm(2) | adam"), Set.of("lr")))
        .isEqualTo("clip_by_norm(2) | adam(lr=1e-3)");
    assertThat(Specs.print(Specs.parse("adam(lr=0.1)"), Set.of("beta2")))
        .isEqualTo("adam(lr=0.1, betas=[0.9, 0.999])");
  }

  @Test
  void anEmptyChainHasNoTextForm() {
    assertThatThrownBy(() -> Specs.print(Chain.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a chain without links has no text form");
  }

  @Test
  void noneInAListIsTheDefaultAsInPyTorch() {
    assertThat(Specs.parse("adafactor(eps=[None, 1e-2])")).isEqualTo(Adafactor.lr(0.01).eps2(1e-2));
    assertThat(Specs.parse("adafactor", Map.of("eps", Arrays.asList(null, 1e-2))))
        .isEqualTo(Adafactor.lr(0.01).eps2(1e-2));
    assertThat(Specs.print(Adafactor.lr(0.01).eps2(1e-2)))
        .isEqualTo("adafactor(eps=[2.220446049250313e-16, 0.01])");
  }
}
