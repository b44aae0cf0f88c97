package thalweg.torch;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import thalweg.checkpoint.CheckpointException;
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
  Evaluation start = new Evaluation(Double.NaN, Double.NaN);

  /** The running epoch, from 1. */
  int epoch = 1;

  /** Batches of the running epoch that were trained with. */
  int seen;

  /** Sum over the samples of the running epoch. */
  double epochLoss;

  /** Updates since the start of the run. */
  long steps;

  long trainNanos;
  long forwardBackwardNanos;
  long optimizerNanos;
  final List<RunLog.Epoch> log = new ArrayList<>();

  /** What a run must have in common with the one whose checkpoint it goes on from. */
  private static Map<String, Object> setting(Training training, String optimizer) {
    Map<String, Object> setting = new LinkedHashMap<>();
    setting.put("optimizer", optimizer);
    setting.put("seed", training.feed().seed());
    setting.put("batching", training.feed().batching().text());
    setting.put("rows", (long) training.feed().samples().rows());
    setting.put("columns", (long) training.feed().samples().columns());
    return setting;
  }

  /** The whole run as it stands, in the memory it is trained in. */
  RunCheckpoint checkpoint(Training training, Optimizer optimizer, String text) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("setting", setting(training, text));
    values.put("epoch", (long) epoch);
    values.put("seen", (long) seen);
    values.put("epochLoss", epochLoss);
    values.put("start", numbers(start));
    values.put(
        "log",
        log.stream()
            .map(entry ->
                List.of(
                    (long) entry.epoch(),
                    entry.trainLoss(),
                    entry.validation().loss(),
                    entry.validation().metric(),
                    entry.seconds(),
                    entry.steps()))
            .toList());
    values.put("nanos", List.of(trainNanos, forwardBackwardNanos, optimizerNanos));
    values.put("gradients", ModuleTensors.gradients(training.module()));
    values.put(RANDOM, Base64.getEncoder().encodeToString(Libtorch.randomState()));
    return new RunCheckpoint(
        steps, ModuleTensors.of(training.module()), optimizer.liveState(), values);
  }

  /**
   * Goes on from a checkpoint: sets the model, the optimizer and libtorch's random numbers.
   *
   * @throws CheckpointException if it is that of another run; nothing has been changed then
   * @throws IllegalArgumentException if it does not fit the model or the optimizer
   */
  static RunState resume(RunCheckpoint saved, Training training, Optimizer optimizer, String text) {
    Map<String, Object> here = setting(training, text);
    Map<?, ?> there =
        saved.values().get("setting") instanceof Map<?, ?> setting ? setting : Map.of();
    String differences =
        here.keySet().stream()
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
    state.start = evaluation(saved.list("start"), 0);
    for (Object entry : saved.list("log")) {
      List<?> numbers = (List<?>) entry;
      state.log.add(
          new RunLog.Epoch(
              Math.toIntExact((Long) numbers.get(0)),
              (Double) numbers.get(1),
              evaluation(numbers, 2),
              (Double) numbers.get(4),
              (Long) numbers.get(5)));
    }
    List<?> nanos = saved.list("nanos");
    state.trainNanos = (Long) nanos.get(0);
    state.forwardBackwardNanos = (Long) nanos.get(1);
    state.optimizerNanos = (Long) nanos.get(2);
    ModuleTensors.load(training.module(), saved.model(), LoadOptions.strict());
    if (saved.values().get("gradients") instanceof Map<?, ?> gradients) {
      ModuleTensors.gradients(training.module(), gradients);
    }
    optimizer.load(Objects.requireNonNull(saved.optimizer(), "saved with its optimizer"));
    Libtorch.randomState(Base64.getDecoder().decode(saved.text(RANDOM)));
    return state;
  }

  private static List<Double> numbers(Evaluation evaluation) {
    return List.of(evaluation.loss(), evaluation.metric());
  }

  private static Evaluation evaluation(List<?> numbers, int from) {
    return new Evaluation((Double) numbers.get(from), (Double) numbers.get(from + 1));
  }
}
