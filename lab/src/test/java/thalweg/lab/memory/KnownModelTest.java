package thalweg.lab.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import thalweg.lab.BadInput;

class KnownModelTest {
  @ParameterizedTest
  @CsvSource({
    "digits-mlp, 4_810", // 64 * 64 + 64 + 64 * 10 + 10
    "resnet-18, 11_689_512", // torchvision, ResNet18_Weights: num_params
    "resnet-50, 25_557_032", // torchvision, ResNet50_Weights: num_params
    "vit-b-16, 86_567_656", // torchvision, ViT_B_16_Weights: num_params
    // Devlin et al. 2019: 110M and 340M. (30522 + 512 + 2) d + 2 d, each layer 12 d² + 13 d, and
    // the
    // pooler's d² + d, for d = 768 and 12 layers, d = 1024 and 24
    "bert-base, 109_482_240",
    "bert-large, 335_141_888",
    // Raffel et al. 2020: 220M. 32128 d, 12 layers of 4 d² + 2 d f + 2 d, 12 of 8 d² + 2 d f + 3 d,
    // twice 32 * 12 + d, for d = 768 and f = 3072
    "t5-base, 222_903_552",
    // 124M, 355M, 774M and 1558M in OpenAI's release: (50257 + 1024) d, each layer 12 d² + 13 d, 2
    // d
    "gpt2, 124_439_808",
    "gpt2-medium, 354_823_168",
    "gpt2-large, 774_030_080",
    "gpt2-xl, 1_557_611_200",
    // 6.7B, 13B and 69B on the models' cards; each layer 2 d² + 2 d k + 3 d h + 2 d, then d, and
    // two
    // tables of 32000 d; for 70b k = 8192 / 64 * 8
    "llama-2-7b, 6_738_415_616",
    "llama-2-13b, 13_015_864_320",
    "llama-2-70b, 68_976_648_192",
    "llama-3-8b, 8_030_261_248",
    "llama-3-70b, 70_553_706_496",
  })
  void learnsAsManyNumbersAsArePublished(String name, String count) {
    assertThat(Trained.model(name).parameters()).isEqualTo(Long.parseLong(count.replace("_", "")));
  }

  @Test
  void everyModelIsCountedAbove() {
    assertThat(KnownModel.all()).hasSize(16);
    assertThat(new HashSet<>(KnownModel.all().stream().map(KnownModel::name).toList())).hasSize(16);
    assertThat(KnownModel.all()).allMatch(model -> model.configuration().length() > 10);
  }

  @Test
  void weightsAreLaidOutAsPyTorchDoes() {
    assertThat(KnownModel.named("digits-mlp").shapes())
        .containsExactly(List.of(64L, 64L), List.of(64L), List.of(10L, 64L), List.of(10L));
    assertThat(KnownModel.named("resnet-18").shapes()).contains(List.of(64L, 3L, 7L, 7L));
    // torchvision's resnet18 has 62 parameters: 20 convolutions, 20 norms of two, a linear layer
    assertThat(KnownModel.named("resnet-18").shapes()).hasSize(62);
  }

  @Test
  void anUnknownNameIsAnsweredWithNames() {
    assertThatThrownBy(() -> KnownModel.named("gpt-2"))
        .isInstanceOf(BadInput.class)
        .hasMessage("no model 'gpt-2'; did you mean 'gpt2', 'gpt2-medium' or 'gpt2-large'?");
    assertThatThrownBy(() -> KnownModel.named("zebra"))
        .hasMessageContaining("there are digits-mlp, resnet-18")
        .hasMessageContaining("llama-3-70b");
  }
}
