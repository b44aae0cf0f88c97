package thalweg.lab.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import thalweg.lab.schedule.LearningRate;

/**
 * The search for the learning rate of one optimizer, as {@link Tuning} tells it.
 *
 * @param rehearsals what each trial walks
 * @param own what the chosen rate is for; the only rehearsal where nothing is left to chance
 * @param listener of the walks of trials
 */
record RateSearch(Contender contender, List<Stage> rehearsals, Stage own, TraceListener listener) {
  /** Where walks of one seed are made. */
  record Stage(TraceRequest request, double[][] noise) {
    static Stage of(TraceRequest request, List<Contender> contenders) {
      return new Stage(request, Tracer.noise(request, contenders));
    }

    Ending walk(Contender contender, double rate, TraceListener listener) {
      Contender at = contender.with(rule -> LearningRate.with(rule, rate));
      return Ending.of(new Walker(request, at, noise).walk(listener), request.surface().box());
    }
  }

  Tuning tune(int budget) {
    List<Tuning.Trial> trials = new ArrayList<>();
    coarse(budget).forEach(rate -> trials.add(trial(rate)));
    fine(budget, best(trials)).forEach(rate -> trials.add(trial(rate)));
    trials.sort(Comparator.comparingDouble(Tuning.Trial::rate));
    double best = best(trials);
    List<Double> passed = rehearsals.size() == 1 ? List.of() : passed(trials);
    double rate = best;
    if (!passed.isEmpty()) {
      rate =
          ranked(trials).stream().filter(next -> !passed.contains(next)).findFirst().orElse(best);
    }
    return new Tuning(
        contender.spec(),
        LearningRate.shown(LearningRate.with(contender.rule(), rate)),
        rate,
        rehearsals.size(),
        trials,
        passed);
  }

  /** One walk that ends early spoils it; else the middle one counts. */
  private Tuning.Trial trial(double rate) {
    List<Ending> endings =
        rehearsals.stream().map(stage -> stage.walk(contender, rate, listener)).sorted().toList();
    Ending worst = endings.getLast();
    return new Tuning.Trial(rate, worst.isEarly() ? worst : endings.get(endings.size() / 2));
  }

  /** The best rates that end early with the request's own seed, up to the first that does not. */
  private List<Double> passed(List<Tuning.Trial> trials) {
    return ranked(trials).stream()
        .takeWhile(rate -> own.walk(contender, rate, TraceListener.NONE).isEarly())
        .toList();
  }

  /** The rates that end early in no rehearsal, the best first. */
  private static List<Double> ranked(List<Tuning.Trial> trials) {
    return trials.stream()
        .filter(trial -> !trial.ending().isEarly())
        .sorted(Comparator.comparing(Tuning.Trial::ending))
        .map(Tuning.Trial::rate)
        .distinct()
        .toList();
  }

  /** The smaller of two that are equally good. */
  private static double best(List<Tuning.Trial> trials) {
    return trials.stream()
        .min(Comparator.comparing(Tuning.Trial::ending).thenComparingDouble(Tuning.Trial::rate))
        .orElseThrow()
        .rate();
  }

  private static List<Double> coarse(int budget) {
    int count = budget - budget / Tuning.FINE;
    List<Double> rates = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rates.add(Tuning.between(Tuning.LOWEST, Tuning.HIGHEST, (double) i / (count - 1)));
    }
    return rates;
  }

  /** Half of them below the best of the coarse ones and half above, up to its neighbours. */
  private static List<Double> fine(int budget, double best) {
    double ratio = Math.pow(Tuning.HIGHEST / Tuning.LOWEST, 1.0 / (coarse(budget).size() - 1));
    int below = budget / Tuning.FINE / 2;
    int above = budget / Tuning.FINE - below;
    List<Double> rates = new ArrayList<>();
    for (int i = 1; i <= below; i++) {
      rates.add(Tuning.between(best / ratio, best, (double) i / (below + 1)));
    }
    for (int i = 1; i <= above; i++) {
      rates.add(Tuning.between(best, best * ratio, (double) i / (above + 1)));
    }
    return rates;
  }
}
