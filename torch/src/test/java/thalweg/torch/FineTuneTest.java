package thalweg.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import thalweg.checkpoint.Checkpoints;
import thalweg.optimizer.Optimizer;
import thalweg.rules.Adam;
import thalweg.text.Specs;

/** A head that learns and a body that follows slowly, late, or never. */
class FineTuneTest {
  private static Samples samples() {
    float[] features = new float[64];
    int[] labels = new int[32];
    for (int i = 0; i < 32; i++) {
      labels[i] = i % 2;
      features[2 * i] = (float) Math.sin(3 * i) + labels[i];
      features[2 * i + 1] = (float) Math.cos(7 * i);
    }
    return Samples.classification(2, features, labels, 2);
  }

  private static Mlp model() {
    return Mlp.of(new Mlp.Shape(2, List.of(5), 2, Activation.TANH), 3);
  }

  private static FineTune of(Mlp model) {
    return FineTune.of(model, name -> name.startsWith("output."));
  }

  private static double first(Mlp model, int parameter) {
    return TorchParameters.of(model).list().get(parameter).value().get(0);
  }

  private static Training training(Mlp model, Feed feed, FineTune tuning, int epochs) {
    return Training.of(model, feed, samples(), epochs).listener(tuning.listener());
  }

  @Test
  void theBodyMovesAtItsShareOfTheRate() {
    Mlp whole = model();
    Mlp slow = model();
    double body = first(whole, 0);
    double head = first(whole, 2);
    for (Mlp model : List.of(whole, slow)) {
      FineTune tuning = of(model).bodyRate(model == slow ? 0.1 : 1);
      try (Feed feed = new Feed(samples(), new Batching.Full(), 1);
          Optimizer optimizer =
              tuning.optimizer(TorchParameters.of(model), Specs.parse("sgd(lr=0.5)"))) {
        training(model, feed, tuning, 1).run(optimizer, "sgd(lr=0.5)");
      }
    }
    assertThat(first(slow, 0) - body).isCloseTo(0.1 * (first(whole, 0) - body), within(1e-7));
    assertThat(first(slow, 2) - head).isEqualTo(first(whole, 2) - head);
  }

  @Test
  void aScheduleIsScaledAsAWhole() {
    Mlp model = model();
    String spec = "sgd(lr=warmup(4).then(cosine_annealing(base=0.1, T_max=9)))";
    FineTune tuning = of(model).bodyRate(0.25);
    try (Feed feed = new Feed(samples(), new Batching.Mini(8), 1);
        Optimizer optimizer = tuning.optimizer(TorchParameters.of(model), Specs.parse(spec))) {
      List<Double> ratios = new ArrayList<>();
      training(model, feed, tuning, 2)
          .listener(
              new TrainingListener() {
                @Override
                public void onStep(long step, double loss) {
                  double head = ((Number) optimizer.group("head").get("lr")).doubleValue();
                  double body = ((Number) optimizer.group("body").get("lr")).doubleValue();
                  ratios.add(body / head);
                }
              })
          .run(optimizer, spec);
      assertThat(ratios).hasSize(8).allMatch(ratio -> Math.abs(ratio - 0.25) < 1e-12);
    }
  }

  @Test
  void aFrozenBodyHasNoStateAndDoesNotMove() {
    Mlp model = model();
    double body = first(model, 0);
    double head = first(model, 2);
    FineTune tuning = of(model).bodyRate(0);
    try (Feed feed = new Feed(samples(), new Batching.Mini(8), 1);
        Optimizer optimizer = tuning.optimizer(TorchParameters.of(model), Adam.lr(0.1))) {
      assertThat(optimizer.stateBytes()).isEqualTo(2 * 4 * (5 * 2 + 2));
      training(model, feed, tuning, 2).run(optimizer, "adam");
    }
    assertThat(first(model, 0)).isEqualTo(body);
    assertThat(first(model, 2)).isNotEqualTo(head);
  }

  /** The body's first weight after each epoch. */
  private static List<Double> path(Mlp model, Path folder, int epochs) {
    List<Double> path = new ArrayList<>();
    FineTune tuning = of(model).bodyRate(0.5).frozenEpochs(2);
    try (Feed feed = new Feed(samples(), new Batching.Mini(8), 1);
        Optimizer optimizer = tuning.optimizer(TorchParameters.of(model), Adam.lr(0.1))) {
      training(model, feed, tuning, epochs)
          .listener(
              new TrainingListener() {
                @Override
                public void onEpoch(RunLog.Epoch epoch) {
                  path.add(first(model, 0));
                }
              })
          .checkpoints(Checkpoints.in(folder), 100)
          .run(optimizer, "adam");
    }
    return path;
  }

  @Test
  void aBodyJoinsInAfterItsEpochsAndARunThatGoesOnKnowsThem(@TempDir Path folder) {
    double start = first(model(), 0);
    List<Double> straight = path(model(), folder.resolve("a"), 4);
    assertThat(straight.subList(0, 2)).containsOnly(start);
    assertThat(straight.get(2)).isNotEqualTo(start);
    for (int stop = 1; stop <= 3; stop++) {
      Path saved = folder.resolve("b" + stop);
      List<Double> stopped = new ArrayList<>(path(model(), saved, stop));
      stopped.addAll(path(model(), saved, 4));
      assertThat(stopped).isEqualTo(straight);
    }
  }

  @Test
  void theStartTellsAllNumbersAndThoseLearnedAtFirst() {
    Mlp model = model();
    FineTune tuning = of(model).frozenEpochs(2);
    List<RunStart> starts = new ArrayList<>();
    try (Feed feed = new Feed(samples(), new Batching.Mini(8), 1);
        Optimizer optimizer = tuning.optimizer(TorchParameters.of(model), Adam.lr(0.1))) {
      training(model, feed, tuning, 1)
          .listener(
              new TrainingListener() {
                @Override
                public void onStart(RunStart start) {
                  starts.add(start);
                }
              })
          .run(optimizer, "adam");
    }
    assertThat(starts).hasSize(1);
    assertThat(starts.getFirst().parameters()).isEqualTo(TorchParameters.of(model).elements());
    assertThat(starts.getFirst().learned())
        .isEqualTo(
            TorchParameters.of(model).list().stream()
                .filter(each -> each.name().startsWith("output."))
                .mapToLong(each -> each.length())
                .sum())
        .isLessThan(starts.getFirst().parameters());
  }

  @Test
  void namesThatFitNothingAreTold() {
    Mlp model = model();
    assertThatThrownBy(() ->
            FineTune.of(model, "classifier"::equals)
                .optimizer(TorchParameters.of(model), Adam.lr(0.1)))
        .hasMessageStartingWith("no parameter is of the head; names are [hidden0.weight,");
    assertThatThrownBy(() -> of(model).bodyRate(2))
        .hasMessage("FineTune.bodyRate must be in [0, 1], got 2.0");
  }
}
