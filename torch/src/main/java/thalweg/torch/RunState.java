package thalweg.torch;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import thalweg.checkpoint.CheckpointException;
import thalweg.checkpoint.RawTensor;
import thalweg.checkpoint.RunCheckpoint;
import thalweg.optimizer.LoadOptions;
import thalweg.optimizer.Optimizer;

/**
 * The counters and the log of a training, beside model and optimizer: what changes while it runs,
 * and how it becomes a checkpoint and comes back from one.
 */
final class RunState {
  private static final String RANDOM = "torch.random";

  /** The evaluation before the first step. */
  Evaluation start = new Evaluation(Double.NaN, Map.of());

  /** The running epoch, from 1. */
  int epoch = 1;

  /** Batches of the running epoch that were trained with. */
  int seen;

  /** Sum over the samples of the running epoch. */
  double epochLoss;

  /** Updates since the start of the run. */
  long steps;

  /** How often the averaged weights have moved. */
  long averaged;

  /** The epoch of the lowest validation loss; 0 before there is one. */
  int bestEpoch;

  double bestLoss = Double.POSITIVE_INFINITY;
  long trainNanos;
  long forwardBackwardNanos;
  long optimizerNanos;
  final List<RunLog.Epoch> log = new ArrayList<>();

  /** What a run must have in common with the one whose checkpoint it goes on from. */
  static Map<String, Object> setting(Training training, String optimizer) {
    Map<String, Object> setting = new LinkedHashMap<>();
    setting.put("optimizer", optimizer);
    setting.putAll(training.settings());
    return setting;
  }

  /** The whole run as it stands, in the memory it is trained in. */
  RunCheckpoint checkpoint(
      Training training, Optimizer optimizer, String text, Mean mean, Best best) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("setting", setting(training, text));
    values.put("epoch", (long) epoch);
    values.put("seen", (long) seen);
    values.put("epochLoss", epochLoss);
    values.put("averaged", averaged);
    values.put("best", List.of((long) bestEpoch, bestLoss));
    values.put("start", EpochValues.of(start));
    values.put("log", log.stream().map(EpochValues::of).toList());
    values.put("nanos", List.of(trainNanos, forwardBackwardNanos, optimizerNanos));
    values.put("gradients", ModuleTensors.gradients(training.module()));
    values.put(RANDOM, Base64.getEncoder().encodeToString(Libtorch.randomState()));
    Map<String, RawTensor> beside = new LinkedHashMap<>();
    mean.putInto(beside);
    best.putInto(beside);
    return new RunCheckpoint(
        steps, ModuleTensors.of(training.module()), optimizer.liveState(), values, beside);
  }

  /**
   * Goes on from a checkpoint: sets the model, the optimizer and libtorch's random numbers.
   *
   * @throws CheckpointException if it is that of another run; nothing has been changed then
   * @throws IllegalArgumentException if it does not fit the model or the optimizer; nothing has
   *     been changed then
   */
  static RunState resume(RunCheckpoint saved, Training training, Optimizer optimizer, String text) {
    Map<String, Object> here = setting(training, text);
    Map<?, ?> there =
        saved.values().get("setting") instanceof Map<?, ?> setting ? setting : Map.of();
    String differences =
        here.keySet().stream()
            .filter(name -> there.containsKey(name)) // others are younger than the checkpoint
            .filter(name -> !Objects.equals(here.get(name), there.get(name)))
            .map(
                name -> "%s was %s, here it is %s".formatted(name, there.get(name), here.get(name)))
            .collect(Collectors.joining("; "));
    if (!differences.isEmpty()) {
      throw new CheckpointException(
          "the checkpoint of step %d is of another run: %s; give this run a folder of its own"
              .formatted(saved.step(), differences));
    }
    RunState state = new RunState();
    state.epoch = Math.toIntExact(saved.whole("epoch"));
    state.seen = Math.toIntExact(saved.whole("seen"));
    state.epochLoss = saved.number("epochLoss");
    state.steps = saved.step();
    state.averaged = saved.values().get("averaged") instanceof Long count ? count : 0;
    if (saved.values().get("best") instanceof List<?> best) {
      state.bestEpoch = Math.toIntExact((Long) best.get(0));
      state.bestLoss = (Double) best.get(1);
    }
    state.start = EpochValues.evaluation(saved.list("start"));
    saved.list("log").forEach(entry -> state.log.add(EpochValues.epoch((List<?>) entry)));
    List<?> nanos = saved.list("nanos");
    state.trainNanos = (Long) nanos.get(0);
    state.forwardBackwardNanos = (Long) nanos.get(1);
    state.optimizerNanos = (Long) nanos.get(2);
    ModuleTensors.check(training.module(), saved.model());
    optimizer.load(Objects.requireNonNull(saved.optimizer(), "saved with its optimizer"));
    ModuleTensors.load(training.module(), saved.model(), LoadOptions.strict());
    if (saved.values().get("gradients") instanceof Map<?, ?> gradients) {
      ModuleTensors.gradients(training.module(), gradients);
    }
    Libtorch.randomState(Base64.getDecoder().decode(saved.text(RANDOM)));
    return state;
  }
}
