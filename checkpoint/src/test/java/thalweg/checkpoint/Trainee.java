package thalweg.checkpoint;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import thalweg.formula.Chain;
import thalweg.optimizer.ArrayParameter;
import thalweg.optimizer.FiniteSum;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.Parameter;
import thalweg.optimizer.Parameters;
import thalweg.optimizer.Regime;
import thalweg.rules.AdamW;
import thalweg.rules.Sgd;
import thalweg.transforms.AddNoise;
import thalweg.transforms.ClipByGlobalNorm;

/**
 * A small run: two groups of parameters are drawn to some points, in mini-batches of which, with
 * noise. As a program, it goes on from the last checkpoint of a folder, saves after every step and
 * says so, until it is killed or there.
 */
final class Trainee implements FiniteSum, AutoCloseable {
  private static final int POINTS = 30;
  private static final int LENGTH = 20_000;

  private final float[][] values = new float[2][LENGTH];
  private final float[][] gradients = new float[2][LENGTH];
  private final float[][] points = new float[POINTS][LENGTH];
  private final Regime regime = Regime.miniBatch(4, 11);
  private final List<Parameter> parameters;
  private final Optimizer optimizer;
  private long step;
  private double lossSum;

  Trainee() {
    SplittableRandom random = new SplittableRandom(3);
    for (float[] point : points) {
      for (int i = 0; i < LENGTH; i++) {
        point[i] = (float) random.nextDouble(-1, 1);
      }
    }
    parameters =
        List.of(
            ArrayParameter.of("body.weight", values[0], gradients[0]),
            ArrayParameter.of("head.weight", values[1], gradients[1]));
    optimizer =
        Optimizer.over(Parameters.of(parameters))
            .group(
                "head",
                p -> p.name().startsWith("head"),
                Chain.of(new AddNoise(0.01, 0.55, 5), Sgd.lr(0.05).momentum(0.9)))
            .otherwise(Chain.of(new ClipByGlobalNorm(1), AdamW.lr(0.01)))
            .backend("block")
            .threads(1)
            .build();
  }

  /** A folder, and the last step. */
  public static void main(String[] arguments) {
    Checkpoints checkpoints = Checkpoints.in(Path.of(arguments[0])).keep(2);
    long last = Long.parseLong(arguments[1]);
    try (Trainee trainee = new Trainee()) {
      checkpoints.latest().ifPresent(trainee::load);
      System.out.println("from " + trainee.step);
      while (trainee.step < last) {
        trainee.update();
        checkpoints.save(trainee.save());
        System.out.println("saved " + trainee.step);
      }
    }
  }

  @Override
  public int size() {
    return POINTS;
  }

  @Override
  public double gradient(int... terms) {
    double loss = 0;
    for (int p = 0; p < 2; p++) {
      for (int i = 0; i < LENGTH; i++) {
        double sum = 0;
        for (int term : terms) {
          double error = values[p][i] - points[term][i];
          sum += error;
          loss += error * error / 2;
        }
        gradients[p][i] = (float) (sum / terms.length);
      }
    }
    return loss / terms.length;
  }

  void update() {
    lossSum += regime.update(optimizer, this);
    step++;
  }

  long step() {
    return step;
  }

  RunCheckpoint save() {
    Map<String, RawTensor> model = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      model.put(parameter.name(), RawTensor.of(parameter.shape(), parameter.value()));
    }
    return new RunCheckpoint(
        step, model, optimizer.liveState(), Map.of("regime", regime.place(), "loss", lossSum));
  }

  void load(RunCheckpoint run) {
    for (Parameter parameter : parameters) {
      RawTensor saved = Objects.requireNonNull(run.model().get(parameter.name()));
      parameter.value().segment().copyFrom(saved.bytes());
    }
    optimizer.load(Objects.requireNonNull(run.optimizer()));
    regime.from(run.wholes("regime"));
    lossSum = run.number("loss");
    step = run.step();
  }

  @Override
  public void close() {
    optimizer.close();
  }
}
