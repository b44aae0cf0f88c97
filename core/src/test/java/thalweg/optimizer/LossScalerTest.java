package thalweg.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import thalweg.formula.Chain;
import thalweg.formula.Transformation;
import thalweg.memory.Buffer;
import thalweg.memory.NumberType;
import thalweg.rules.Adam;
import thalweg.rules.Nag;
import thalweg.rules.Sag;
import thalweg.rules.Sgd;
import thalweg.transforms.ClipByGlobalNorm;
import thalweg.walk.Loose;

/** As torch.amp.GradScaler documents it: init_scale, growth_factor, backoff_factor, interval. */
class LossScalerTest {
  private static Optimizer optimizer(Transformation rule, LossScaler scaler, Parameter... over) {
    return Optimizer.over(Parameters.of(over))
        .otherwise(rule)
        .backend("block")
        .threads(1)
        .lossScaling(scaler)
        .build();
  }

  @Test
  void defaultsAreGradScalers() {
    LossScaler scaler = LossScaler.dynamic();
    assertThat(scaler.scale()).isEqualTo(65536);
    for (int i = 1; i <= 1999; i++) {
      scaler.update(true);
    }
    assertThat(scaler.scale()).isEqualTo(65536);
    assertThat(scaler.goodSteps()).isEqualTo(1999);
    scaler.update(true);
    assertThat(scaler.scale()).isEqualTo(131072);
    assertThat(scaler.goodSteps()).isZero();
    scaler.update(false);
    assertThat(scaler.scale()).isEqualTo(65536);
  }

  @Test
  void aBadUpdateBeginsTheCountAnew() {
    // interval 3, from 8: good good bad (4), good good good (12), good, bad (6)
    LossScaler scaler =
        LossScaler.dynamic().initScale(8).growthFactor(3).backoffFactor(0.5).growthInterval(3);
    double[] scales = {8, 8, 4, 4, 4, 12, 12, 6};
    boolean[] finite = {true, true, false, true, true, true, true, false};
    int[] good = {1, 2, 0, 1, 2, 0, 1, 0};
    for (int i = 0; i < finite.length; i++) {
      scaler.update(finite[i]);
      assertThat(scaler.scale()).isEqualTo(scales[i]);
      assertThat(scaler.goodSteps()).isEqualTo(good[i]);
    }
    assertThat(scaler.skippedSteps()).isEqualTo(2);
  }

  @Test
  void theScaleIsAFloatAndStaysOne() {
    // 2¹²⁷ · 2 is no float32: it stays, and the count begins anew
    LossScaler large = LossScaler.dynamic().initScale(Math.pow(2, 127)).growthInterval(1);
    large.update(true);
    assertThat(large.scale()).isEqualTo(Math.pow(2, 127));
    assertThat(large.goodSteps()).isZero();
    LossScaler small = LossScaler.dynamic().initScale(Math.pow(2, -125));
    for (int i = 0; i < 5; i++) {
      small.update(false);
    }
    assertThat(small.scale()).isEqualTo(Math.pow(2, -126));
    // 0.1 in float32, times 0.3, rounded once more
    LossScaler odd = LossScaler.dynamic().initScale(0.1).backoffFactor(0.3);
    odd.update(false);
    assertThat(odd.scale()).isEqualTo((float) (0.1f * 0.3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "block"})
  void theUpdateSeesTheGradientItself(String backend) {
    // the loss times 1024, so its gradient 2048 is one of 2: 1 − 0.1 · 2
    Loose w = new Loose("w", 1).gradient(2048);
    try (var optimizer =
        Optimizer.over(Parameters.of(w))
            .otherwise(Sgd.lr(0.1))
            .backend(backend)
            .lossScaling(LossScaler.dynamic().initScale(1024))
            .build()) {
      assertThat(optimizer.lossScale()).isEqualTo(1024);
      optimizer.step();
      assertThat(w.value().get(0)).isCloseTo(0.8, within(1e-7));
      Buffer gradient = w.gradient();
      assertThat(gradient).isNotNull();
      if (gradient != null) {
        assertThat(gradient.get(0)).isEqualTo(2048); // nothing is unscaled in place
      }
    }
  }

  @Test
  void aNormIsClippedAsItWouldBeWithoutAScale() {
    // the gradient (3, 4) has norm 5: to 1, so (0.6, 0.8); times lr 1
    Loose w = new Loose("w", 0, 0).gradient(3 * 512, 4 * 512);
    try (var optimizer =
        optimizer(
            Chain.of(new ClipByGlobalNorm(1), Sgd.lr(1)), LossScaler.dynamic().initScale(512), w)) {
      optimizer.step();
      assertThat(w.value().get(0)).isCloseTo(-0.6, within(1e-7));
      assertThat(w.value().get(1)).isCloseTo(-0.8, within(1e-7));
    }
  }

  @Test
  void aBadGradientAnywhereStopsAllOfTheUpdate() {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      Loose one = new Loose("one", 1, 1).gradient(1, 1);
      Loose other = new Loose("other", 1).gradient(bad);
      LossScaler scaler = LossScaler.dynamic();
      try (var optimizer =
          Optimizer.over(Parameters.of(one, other))
              .group("first", p -> p.name().equals("one"), Adam.lr(0.1))
              .otherwise(Sgd.lr(0.1).momentum(0.9))
              .backend("block")
              .lossScaling(scaler)
              .build()) {
        OptimizerState before = optimizer.state();
        optimizer.step();
        OptimizerState after = optimizer.state();
        assertThat(one.value().toDoubles()).containsExactly(1, 1);
        assertThat(other.value().get(0)).isEqualTo(1);
        assertThat(after.updates()).isEqualTo(before.updates());
        before
            .tensors()
            .forEach((key, values) -> assertThat(after.tensors().get(key)).isEqualTo(values));
        assertThat(optimizer.updates()).isZero();
        assertThat(scaler.scale()).isEqualTo(32768);
        assertThat(scaler.skippedSteps()).isEqualTo(1);
        // the next one is a first one
        one.gradient(32768, 32768);
        other.gradient(32768);
        optimizer.step();
        assertThat(other.value().get(0)).isCloseTo(0.9, within(1e-7));
        assertThat(one.value().get(0)).isCloseTo(0.9, within(1e-6));
        assertThat(optimizer.state().updates()).containsEntry("first/one", 1L);
        assertThat(scaler.goodSteps()).isEqualTo(1);
      }
    }
  }

  @Test
  void gradientsOf16BitsAreLookedThroughAsTheyAre() {
    for (NumberType type : new NumberType[] {NumberType.BFLOAT16, NumberType.FLOAT16}) {
      Buffer value = Buffer.allocate(5, type);
      Buffer gradient = Buffer.allocate(5, type);
      value.fill(1);
      gradient.setAll(new double[] {1, 2, 3, 4, Double.POSITIVE_INFINITY});
      Loose w = new Loose("w").move(value).gradientIn(gradient);
      LossScaler scaler = LossScaler.dynamic().initScale(2);
      try (var optimizer = optimizer(Sgd.lr(0.5), scaler, w)) {
        optimizer.step();
        assertThat(value.toDoubles()).containsOnly(1);
        assertThat(scaler.scale()).isEqualTo(1);
        gradient.set(4, 8);
        optimizer.step(); // 1 − 0.5 · g / 1
        assertThat(value.toDoubles()).containsExactly(0.5, 0, -0.5, -1, -3);
      }
    }
  }

  @Test
  void rowsOfASparseGradientAreLookedThroughToo() {
    RowsParameter table = RowsParameter.of("table", new float[] {1, 1, 1, 1}, 2);
    LossScaler scaler = LossScaler.dynamic().initScale(4);
    try (var optimizer = optimizer(Sgd.lr(0.5), scaler, table)) {
      table.add(1, 2, Float.NaN);
      optimizer.step();
      assertThat(table.value().toDoubles()).containsOnly(1);
      assertThat(scaler.scale()).isEqualTo(2);
      optimizer.zeroGrad(); // the rows are gone, but what they held is still in memory
      table.add(0, 2, 4);
      optimizer.step(); // 1 − 0.5 · (1, 2)
      assertThat(table.value().toDoubles()).containsExactly(0.5, 0, 1, 1);
      optimizer.zeroGrad();
      optimizer.step();
      assertThat(scaler.goodSteps()).isEqualTo(2);
    }
  }

  @Test
  void aClosureMultipliesItsLossToo() {
    // nag: v = 0.5 v + lr g at θ − 0.5 v; loss θ²/2, so g = θ
    Loose w = new Loose("w", 1).gradient(0);
    Loose plain = new Loose("w", 1).gradient(0);
    LossScaler scaler = LossScaler.dynamic().initScale(64).growthInterval(2);
    Nag rule = new Nag(0.25, 0.5);
    try (var scaled = optimizer(rule, scaler, w);
        var other = Optimizer.over(Parameters.of(plain)).otherwise(rule).backend("block").build()) {
      for (int step = 1; step <= 6; step++) {
        boolean bad = step == 4;
        double loss =
            scaled.step(() -> {
              float theta = (float) w.value().get(0);
              w.gradient(bad ? Float.NaN : theta * (float) scaler.scale());
              return theta;
            });
        assertThat(loss).isNotZero();
        if (!bad) {
          other.step(() -> {
            plain.gradient((float) plain.value().get(0));
            return 0;
          });
        }
        assertThat(w.value().get(0)).isEqualTo(plain.value().get(0));
      }
      // good good (128) good bad (64) good good (128)
      assertThat(scaler.scale()).isEqualTo(128);
      assertThat(scaled.state().tensors().get("default/nag/velocity/w"))
          .isEqualTo(other.state().tensors().get("default/nag/velocity/w"))
          .isNotNull();
    }
  }

  @Test
  void aFixedScaleNeverChangesButLeavesBadUpdatesOut() {
    Loose w = new Loose("w", 1).gradient(Float.NaN);
    LossScaler scaler = LossScaler.fixed(8);
    try (var optimizer = optimizer(Sgd.lr(0.5), scaler, w)) {
      optimizer.step();
      assertThat(w.value().get(0)).isEqualTo(1);
      w.gradient(8);
      optimizer.step();
      assertThat(w.value().get(0)).isEqualTo(0.5);
      assertThat(scaler.scale()).isEqualTo(8);
      assertThat(scaler.skippedSteps()).isEqualTo(1);
      assertThat(optimizer.state().progress().keySet())
          .noneMatch(key -> key.startsWith("loss_scale"));
    }
  }

  @Test
  void namesOfStatesAndHyperparametersAreThoseOfTheRule() {
    Loose w = new Loose("w", 1).gradient(1);
    try (var scaled = optimizer(Adam.lr(0.1), LossScaler.dynamic(), w);
        var plain =
            Optimizer.over(Parameters.of(w)).otherwise(Adam.lr(0.1)).backend("block").build()) {
      assertThat(scaled.state().tensors().keySet()).isEqualTo(plain.state().tensors().keySet());
      assertThat(scaled.state().hyperparameters()).isEqualTo(plain.state().hyperparameters());
      assertThat(scaled.group("default").rule()).isEqualTo(Adam.lr(0.1));
      scaled.group("default").set("lr", 0.2);
      scaled.group("default").set("amsgrad", true); // another structure
      scaled.step();
      assertThat(w.value().get(0)).isCloseTo(0.8, within(1e-3));
      assertThat(scaled.explain())
          .contains("loss scale 65536, times 2 after 2000 good updates, times 0.5 after a bad one");
    }
  }

  @Test
  void itsPlaceIsSavedAndTakenUpAgain() {
    Loose w = new Loose("w", 1).gradient(1);
    LossScaler first = LossScaler.dynamic().initScale(16).growthInterval(5);
    LossScaler second = LossScaler.dynamic().initScale(2).growthInterval(5);
    try (var one = optimizer(Sgd.lr(0.1), first, w);
        var other = optimizer(Sgd.lr(0.1), second, w)) {
      w.gradient(Float.NaN);
      one.step();
      w.gradient(1);
      one.step();
      one.step();
      OptimizerState state = one.state();
      assertThat(state.progress())
          .containsEntry("loss_scale/scale", 8.0)
          .containsEntry("loss_scale/good_steps", 2.0);
      other.load(state);
      assertThat(second.scale()).isEqualTo(8);
      assertThat(second.goodSteps()).isEqualTo(2);
      // a state from before there was a scale begins as a new one does
      Map<String, Double> without = new LinkedHashMap<>(state.progress());
      without.keySet().removeIf(key -> key.startsWith("loss_scale"));
      other.load(
          new OptimizerState(state.tensors(), state.updates(), state.hyperparameters(), without));
      assertThat(second.scale()).isEqualTo(2);
      assertThat(second.goodSteps()).isZero();
    }
  }

  @Test
  void aPlaceThatDoesNotFitIsRefusedBeforeAnythingChanges() {
    Loose w = new Loose("w", 1).gradient(1);
    LossScaler scaler = LossScaler.dynamic();
    try (var scaled = optimizer(Sgd.lr(0.1), scaler, w);
        var plain =
            Optimizer.over(Parameters.of(w)).otherwise(Sgd.lr(0.1)).backend("block").build()) {
      OptimizerState state = scaled.state();
      assertThatThrownBy(() -> plain.load(state))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'loss_scale/scale' is not known here")
          .hasMessageContaining("lossScaling(LossScaler.dynamic())");
      Map<String, Double> wrong = new LinkedHashMap<>(state.progress());
      wrong.put("loss_scale/scale", -1.0);
      wrong.put("loss_scale/good_steps", 0.5);
      assertThatThrownBy(() ->
              scaled.load(
                  new OptimizerState(
                      state.tensors(), state.updates(), state.hyperparameters(), wrong)))
          .hasMessageContaining("'loss_scale/scale' must be a positive float32, got -1.0")
          .hasMessageContaining("'loss_scale/good_steps' must be a count, got 0.5");
      wrong.remove("loss_scale/scale");
      wrong.put("loss_scale/good_steps", 1.0);
      assertThatThrownBy(() ->
              scaled.load(
                  new OptimizerState(
                      state.tensors(), state.updates(), state.hyperparameters(), wrong)))
          .hasMessageContaining("'loss_scale/scale' is missing");
      assertThat(scaler.scale()).isEqualTo(65536);
    }
  }

  @Test
  void groupsThatComeLaterAreUnscaledToo() {
    Loose w = new Loose("w", 1).gradient(4);
    Loose late = new Loose("late", 1).gradient(8);
    try (var optimizer = optimizer(Sgd.lr(0.5), LossScaler.fixed(4), w)) {
      optimizer.addGroup("late", Parameters.of(late), Sgd.lr(0.25));
      optimizer.step();
      assertThat(w.value().get(0)).isEqualTo(0.5);
      assertThat(late.value().get(0)).isEqualTo(0.5);
    }
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThatThrownBy(() -> LossScaler.dynamic().initScale(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("LossScaler.initScale must be a positive float32, got 0.0");
    assertThatThrownBy(() -> LossScaler.fixed(1e39))
        .hasMessage("LossScaler.initScale must be a positive float32, got 1.0E39");
    assertThatThrownBy(() -> LossScaler.dynamic().growthFactor(1))
        .hasMessage("LossScaler.growthFactor must be over 1, got 1.0");
    assertThatThrownBy(() -> LossScaler.dynamic().backoffFactor(1))
        .hasMessage("LossScaler.backoffFactor must be in (0, 1), got 1.0");
    assertThatThrownBy(() -> LossScaler.dynamic().growthInterval(0))
        .hasMessage("LossScaler.growthInterval must be at least 1, got 0");
    Loose w = new Loose("w", 1).gradient(1);
    LossScaler scaler = LossScaler.dynamic();
    try (var optimizer = optimizer(Sgd.lr(0.1), scaler, w)) {
      assertThat(optimizer.lossScale()).isEqualTo(65536);
      assertThatThrownBy(() -> optimizer(Sgd.lr(0.1), scaler, w))
          .hasMessage("this LossScaler serves another optimizer; make one for each");
    }
    assertThatThrownBy(() -> optimizer(new Sag(0.1, 3), LossScaler.dynamic(), w))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "sag compares gradients of single terms, which cannot be unscaled; build without"
                + " lossScaling");
  }
}
