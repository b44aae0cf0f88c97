package thalweg.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
  private static final List<String> NAMES =
      List.of("sgd", "momentum", "rmsprop", "adam", "adamw", "weight_decay", "lr");

  @Test
  void findsWhatIsAFewLettersAway() {
    assertThat(Nearest.to("adma", NAMES)).containsExactly("adam", "adamw");
    assertThat(Nearest.to("rmspop", NAMES)).containsExactly("rmsprop");
    assertThat(Nearest.to("sdg", NAMES)).containsExactly("sgd");
  }

  @Test
  void caseAndSeparatorsDoNotCount() {
    assertThat(Nearest.to("AdamW", NAMES)).containsExactly("adamw", "adam");
    assertThat(Nearest.to("weightDecay", NAMES)).containsExactly("weight_decay");
    assertThat(Nearest.to("Weight-Decay", NAMES)).containsExactly("weight_decay");
  }

  @Test
  void aBeginningIsNear() {
    assertThat(Nearest.to("mom", NAMES)).containsExactly("momentum");
  }

  @Test
  void nothingIsNearToNonsense() {
    assertThat(Nearest.to("shampoo", NAMES)).isEmpty();
    assertThat(Nearest.to("", NAMES)).isEmpty();
    assertThat(Nearest.to("-", NAMES)).isEmpty();
    assertThat(Nearest.question("shampoo", NAMES)).isEmpty();
  }

  @Test
  void asksOneQuestion() {
    assertThat(Nearest.question("adma", NAMES)).isEqualTo("; did you mean adam or adamw?");
    assertThat(Nearest.question("sdg", NAMES)).isEqualTo("; did you mean sgd?");
  }
}
