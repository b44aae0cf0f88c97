package thalweg.lab.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import thalweg.formula.Chain;
import thalweg.formula.Formula;
import thalweg.formula.Schedule;
import thalweg.formula.Transformation;
import thalweg.lab.BadInput;
import thalweg.lab.schedule.Curves;
import thalweg.lab.schedule.LearningRate;
import thalweg.optimizer.Needs;
import thalweg.optimizer.Optimizer;
import thalweg.optimizer.Parameters;
import thalweg.text.NumberText;
import thalweg.text.Specs;
import thalweg.torch.FineTune;
import thalweg.torch.Network;

/**
 * The optimizer that the settings ask for: {@code --optimizer} with {@code --schedule} for its
 * rate, behind {@code --noise}.
 */
final class OptimizerChoice {
  private static final Pattern FROZEN = Pattern.compile("body(?::(\\d{1,6}))?");

  private OptimizerChoice() {}

  /**
   * The rule.
   *
   * @param steps updates the run is to make, for which schedules must last
   * @throws BadInput if the options do not go together
   */
  static Transformation rule(TrainSettings settings, long steps, long stepsPerEpoch) {
    String spec = settings.text(TrainOption.OPTIMIZER);
    Transformation rule = scheduled(Specs.parseOptimizer(spec), spec, settings);
    if (Needs.of(Formula.of(rule)) == Needs.TERMS) {
      throw new BadInput(
          "'%s' needs to know single terms of the loss, and train hands out mini-batches; take another, or call optimizer.step(sum, term) from Java"
              .formatted(spec));
    }
    List<Transformation> links = new ArrayList<>();
    settings
        .number(TrainOption.NOISE)
        .ifPresent(variance ->
            links.add(
                Specs.parse(
                    "add_noise(eta=%s, seed=%d)"
                        .formatted(NumberText.of(variance), settings.seed()))));
    links.addAll(LearningRate.links(rule));
    Transformation whole = links.size() == 1 ? rule : new Chain(links);
    Curves.check(Specs.print(whole), whole, steps, stepsPerEpoch);
    return whole;
  }

  private static Transformation scheduled(
      Transformation rule, String spec, TrainSettings settings) {
    Optional<String> text = settings.find(TrainOption.SCHEDULE);
    if (text.isEmpty()) {
      return rule;
    }
    OptionalDouble rate = LearningRate.of(rule);
    if (rate.isEmpty()) {
      throw new BadInput(
          "--schedule drives the learning rate, and '%s' has none; leave one of them out"
              .formatted(spec));
    }
    Schedule schedule = Specs.parseSchedule(text.get());
    if (LearningRate.schedule(rule).isPresent()) {
      throw new BadInput(
          "'%s' has a schedule for its learning rate already; leave --schedule out"
              .formatted(spec));
    }
    return LearningRate.with(
        rule, schedule.base().isPresent() ? schedule : schedule.from(rate.getAsDouble()));
  }

  /**
   * How {@code --freeze} and {@code --body-rate} want the last layer and the rest treated; empty
   * for all alike.
   */
  static Optional<FineTune> tuning(TrainSettings settings, Network network) {
    OptionalDouble rate = settings.number(TrainOption.BODY_RATE);
    Optional<String> freeze = settings.find(TrainOption.FREEZE);
    if (rate.isEmpty() && freeze.isEmpty()) {
      return Optional.empty();
    }
    FineTune tuning = FineTune.of(network);
    if (rate.isPresent()) {
      FineTune whole = tuning;
      tuning = Reading.option(TrainOption.BODY_RATE, () -> whole.bodyRate(rate.getAsDouble()));
    }
    if (freeze.isPresent()) {
      Matcher epochs = FROZEN.matcher(freeze.get());
      if (!epochs.matches()) {
        throw new BadInput(
            "--freeze must be body, or body:2 for the first two epochs, got '%s'"
                .formatted(freeze.get()));
      }
      tuning =
          epochs.group(1) == null
              ? tuning.bodyRate(0)
              : tuning.frozenEpochs(Integer.parseInt(epochs.group(1)));
    }
    return Optional.of(tuning);
  }

  /** The optimizer; where it is tuned finely, with groups for the last layer and the rest. */
  static Optimizer of(
      Transformation rule, Optional<FineTune> tuning, Parameters parameters, int threads) {
    if (tuning.isEmpty()) {
      return Optimizer.over(parameters).otherwise(rule).threads(threads).build();
    }
    return Reading.option(
        TrainOption.BODY_RATE,
        () -> tuning.get().optimizer(parameters, rule, builder -> builder.threads(threads)));
  }
}
