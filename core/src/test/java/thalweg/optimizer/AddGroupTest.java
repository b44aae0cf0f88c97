package thalweg.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import thalweg.formula.Chain;
import thalweg.formula.FormulaException;
import thalweg.formula.Transformation;
import thalweg.memory.Buffer;
import thalweg.rules.Adam;
import thalweg.rules.AdamW;
import thalweg.rules.Sgd;
import thalweg.transforms.ClipByGlobalNorm;
import thalweg.transforms.ClipByValue;
import thalweg.walk.Loose;

/** Parameters that join in mid-training. */
class AddGroupTest {
  private static final Transformation HEAD = AdamW.lr(0.1);
  private static final Transformation BODY =
      Chain.of(new ClipByGlobalNorm(1), Sgd.lr(0.1).momentum(0.9));

  private static Loose head() {
    return new Loose("head", 1, -2, 3).gradient(0.3f, 0.7f, -5);
  }

  private static Loose body() {
    return new Loose("body", 0.5f, 4).gradient(3, -4);
  }

  private static Optimizer over(Transformation rule, String backend, Parameter... parameters) {
    return Optimizer.over(Parameters.of(parameters)).otherwise(rule).backend(backend).build();
  }

  private static void steps(Optimizer optimizer, int count) {
    for (int i = 0; i < count; i++) {
      optimizer.step();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "block"})
  void eachGroupGoesOnAsIfItWereAlone(String backend) {
    Loose head = head();
    Loose body = body();
    Loose headAlone = head();
    Loose bodyAlone = body();
    try (var together = over(HEAD, backend, head);
        var first = over(HEAD, backend, headAlone);
        var second = over(BODY, backend, bodyAlone)) {
      steps(together, 3);
      Group added = together.addGroup("body", Parameters.of(body), BODY);
      assertThat(together.group("body")).isSameAs(added);
      assertThat(together.groups()).extracting(Group::name).containsExactly("default", "body");
      steps(together, 4);
      steps(first, 7);
      steps(second, 4);
      assertThat(head.value().toDoubles()).isEqualTo(headAlone.value().toDoubles());
      assertThat(body.value().toDoubles()).isEqualTo(bodyAlone.value().toDoubles());
      assertThat(together.state().updates())
          .containsEntry("default/head", 7L)
          .containsEntry("body/body", 4L);
      assertThat(together.stateBytes()).isEqualTo(first.stateBytes() + second.stateBytes());
      assertThat(together.explain()).contains("group 'body': 1 parameters, 2 elements");
    }
  }

  @Test
  void aStepAfterwardsMovesByTheNewRule() {
    float[] w = {1};
    try (var optimizer = Optimizer.of(Sgd.lr(0.5), Parameters.of(head()))) {
      optimizer.addGroup(
          "later", Parameters.of(ArrayParameter.of("w", w, new float[] {2})), Sgd.lr(0.25));
      assertThat(w).containsExactly(1);
      optimizer.step();
      assertThat(w).containsExactly(0.5f);
    }
  }

  @Test
  void whatWasAddedIsSavedLoadedAndZeroedAsAnyOther() {
    Loose head = head();
    Buffer gradient = Buffer.of(new float[] {3, -4});
    Loose body = body().gradientIn(gradient);
    try (var grown = over(HEAD, "block", head);
        var whole =
            Optimizer.over(Parameters.of(body, head))
                .group("body", Where.name("body"), BODY)
                .otherwise(HEAD)
                .backend("block")
                .build()) {
      steps(grown, 2);
      grown.addGroup("body", Parameters.of(body), BODY);
      steps(grown, 2);
      whole.load(grown.state());
      assertThat(whole.state()).isEqualTo(grown.state());
      whole.step();
      OptimizerState later = whole.state();
      grown.load(later);
      assertThat(grown.state()).isEqualTo(later);
      grown.zeroGrad();
      assertThat(gradient.toDoubles()).containsExactly(0, 0);
    }
  }

  @Test
  void resumedAtAnyStepItGoesOnInEveryBit() {
    for (int k = 0; k <= 5; k++) {
      Loose head = head();
      Loose body = body();
      try (var straight = over(HEAD, "block", head)) {
        straight.addGroup("body", Parameters.of(body), BODY);
        steps(straight, 5);
        Loose headAgain = head();
        Loose bodyAgain = body();
        try (var before = over(HEAD, "block", headAgain);
            var after = over(HEAD, "block", headAgain)) {
          before.addGroup("body", Parameters.of(bodyAgain), BODY);
          steps(before, k);
          after.addGroup("body", Parameters.of(bodyAgain), BODY);
          after.load(before.state());
          steps(after, 5 - k);
          assertThat(after.state()).isEqualTo(straight.state());
        }
        assertThat(headAgain.value().toDoubles()).isEqualTo(head.value().toDoubles());
        assertThat(bodyAgain.value().toDoubles()).isEqualTo(body.value().toDoubles());
      }
    }
  }

  @Test
  void aStateFromBeforeDoesNotFitAfterwards() {
    try (var optimizer = over(BODY, "block", body())) {
      optimizer.step();
      OptimizerState before = optimizer.state();
      optimizer.addGroup("head", Parameters.of(head()), Sgd.lr(0.1));
      assertThatThrownBy(() -> optimizer.load(before))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(
              "state does not fit: group 'head' is missing, there is 'default'");
    }
  }

  @Test
  void aParameterThatIsTrainedAlreadyIsRefused() {
    refused(
        optimizer -> optimizer.addGroup("more", Parameters.of(body(), head()), Sgd.lr(0.1)),
        "parameter 'head' is in group 'default' already; add only new ones to 'more', under new"
            + " names");
  }

  @Test
  void aGroupNameThatIsTakenIsRefused() {
    refused(
        optimizer -> optimizer.addGroup("default", Parameters.of(body()), Sgd.lr(0.1)),
        "there is a group 'default' already; give the new one another name");
  }

  @Test
  void aGroupOfNothingIsRefused() {
    refused(
        optimizer -> optimizer.addGroup("none", Parameters.of(), Sgd.lr(0.1)),
        "group 'none' has no parameters");
  }

  @Test
  void aRuleThatMovesNothingIsRefused() {
    try (var optimizer = over(Adam.lr(0.1), "block", head())) {
      assertThatThrownBy(
              () -> optimizer.addGroup("body", Parameters.of(body()), new ClipByValue(1)))
          .isInstanceOf(FormulaException.class)
          .hasMessageStartingWith("nothing moves the parameter");
      assertThat(optimizer.groups()).hasSize(1);
    }
  }

  @Test
  void aTypeThatTheBackendDoesNotTakeIsRefused() {
    refused(
        optimizer ->
            optimizer.addGroup(
                "body",
                Parameters.of(ArrayParameter.of("body", new double[2], new double[2])),
                BODY),
        "parameter 'body' is FLOAT64, which only backend reference takes; choose it or use"
            + " FLOAT32");
  }

  /** Refused with this message, and everything goes on as if it had not been tried. */
  private static void refused(Consumer<Optimizer> attempt, String message) {
    Loose head = head();
    Loose untroubled = head();
    try (var optimizer = over(HEAD, "block", head);
        var other = over(HEAD, "block", untroubled)) {
      optimizer.step();
      other.step();
      assertThatThrownBy(() -> attempt.accept(optimizer))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(message);
      assertThat(optimizer.groups()).hasSize(1);
      optimizer.step();
      other.step();
      assertThat(optimizer.state()).isEqualTo(other.state());
      assertThat(optimizer.stateBytes()).isEqualTo(other.stateBytes());
      assertThat(head.value().toDoubles()).isEqualTo(untroubled.value().toDoubles());
      // what was refused can be put right
      optimizer.addGroup("body", Parameters.of(body()), BODY);
      optimizer.step();
      assertThat(optimizer.state().updates()).containsEntry("body/body", 1L);
    }
  }

  @Test
  void aClosedOptimizerTakesNothing() {
    var optimizer = over(HEAD, "block", head());
    optimizer.addGroup("body", Parameters.of(body()), BODY);
    optimizer.close();
    assertThatThrownBy(() -> optimizer.addGroup("more", Parameters.of(head()), HEAD))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the optimizer is closed, its state is gone; make a new one");
  }
}
