package thalweg.lab.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import thalweg.lab.BadInput;
import thalweg.lab.schedule.LearningRate;
import thalweg.text.NumberText;
import thalweg.text.Specs;

/**
 * How one optimizer got its learning rate, by as many trials as every other: three quarters of them
 * at rates spread evenly, by ratios, from {@link #LOWEST} to {@link #HIGHEST}, the rest between the
 * best of these and its two neighbours. A trial is a walk of the request from its start for its
 * steps, with noise, if any, of another seed. The best is the one that {@link Ending} says.
 *
 * @param spec as given
 * @param tuned the text form with the chosen rate
 * @param rate the chosen rate, of a schedule its base
 * @param trials in the order of rates
 */
public record Tuning(String spec, String tuned, double rate, List<Trial> trials) {
  /** The range of the first trials. */
  public static final double LOWEST = 1e-6;

  public static final double HIGHEST = 100;

  /**
   * Trials of each optimizer where nobody asks for another number: 25 at three a decade, then 8.
   */
  public static final int USUAL_BUDGET = 33;

  /** The fewest and the most that can be asked for. */
  public static final int LEAST_BUDGET = 5;

  public static final int MOST_BUDGET = 1000;

  /** One in so many trials is a fine one. */
  private static final int FINE = 4;

  /**
   * One trial.
   *
   * @param rate three digits of it
   */
  public record Trial(double rate, Ending ending) {}

  public Tuning {
    trials = List.copyOf(trials);
  }

  /**
   * Chooses the rate of every optimizer of a request.
   *
   * @param budget trials of each
   * @throws BadInput as {@link Tracer#trace}, and if the budget is not one
   */
  public static List<Tuning> of(
      TraceRequest request, int budget, int threads, TraceListener listener) {
    if (budget < LEAST_BUDGET || budget > MOST_BUDGET) {
      throw new BadInput(
          "--budget must be from %d to %d, got %d".formatted(LEAST_BUDGET, MOST_BUDGET, budget));
    }
    TraceRequest rehearsal = request.withSeed(request.seed() + 1);
    List<Contender> contenders = Tracer.contenders(rehearsal);
    double[][] noise = Tracer.noise(rehearsal, contenders);
    List<Callable<Tuning>> tunings = new ArrayList<>();
    for (Contender contender : contenders) {
      tunings.add(() -> tune(rehearsal, contender, noise, budget, listener));
    }
    return Together.run(tunings, threads);
  }

  /** The request with the chosen rates, and their walks. */
  public static Trace trace(
      TraceRequest request, List<Tuning> tunings, int threads, TraceListener listener) {
    TraceRequest tuned = request.withOptimizers(tunings.stream().map(Tuning::tuned).toList());
    return new Trace(tuned, Tracer.trace(tuned, threads, listener).walks(), tunings);
  }

  private static Tuning tune(
      TraceRequest request,
      Contender contender,
      double[][] noise,
      int budget,
      TraceListener listener) {
    List<Trial> trials = new ArrayList<>();
    for (double rate : coarse(budget)) {
      trials.add(trial(request, contender, noise, rate, listener));
    }
    for (double rate : fine(budget, trials)) {
      trials.add(trial(request, contender, noise, rate, listener));
    }
    double best = best(trials).rate();
    trials.sort(Comparator.comparingDouble(Trial::rate));
    return new Tuning(
        contender.spec(), Specs.print(LearningRate.with(contender.rule(), best)), best, trials);
  }

  private static Trial trial(
      TraceRequest request,
      Contender contender,
      double[][] noise,
      double rate,
      TraceListener listener) {
    Contender at = contender.with(rule -> LearningRate.with(rule, rate));
    return new Trial(
        rate, Ending.of(new Walker(request, at, noise).walk(listener), request.surface().box()));
  }

  /** The earlier, which is the smaller rate, of two that are equally good. */
  private static Trial best(List<Trial> trials) {
    Trial best = trials.getFirst();
    for (Trial trial : trials) {
      best = trial.ending().compareTo(best.ending()) < 0 ? trial : best;
    }
    return best;
  }

  private static List<Double> coarse(int budget) {
    int count = budget - budget / FINE;
    List<Double> rates = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rates.add(between(LOWEST, HIGHEST, (double) i / (count - 1)));
    }
    return rates;
  }

  /** Half of them below the best of the coarse ones and half above, up to its neighbours. */
  private static List<Double> fine(int budget, List<Trial> coarse) {
    double best = best(coarse).rate();
    double ratio = Math.pow(HIGHEST / LOWEST, 1.0 / (coarse.size() - 1));
    int below = budget / FINE / 2;
    int above = budget / FINE - below;
    List<Double> rates = new ArrayList<>();
    for (int i = 1; i <= below; i++) {
      rates.add(between(best / ratio, best, (double) i / (below + 1)));
    }
    for (int i = 1; i <= above; i++) {
      rates.add(between(best, best * ratio, (double) i / (above + 1)));
    }
    return rates;
  }

  /** Three digits, for rates that can be read and typed. */
  static double between(double low, double high, double share) {
    double exact = low * Math.pow(high / low, share);
    return Double.parseDouble(String.format(Locale.ROOT, "%.2e", exact));
  }

  /** How the rates were chosen, in words. */
  public String method() {
    int fine = trials.size() / FINE;
    return "the best of %d for each optimizer: %d from %s to %s, then %d around the best of these"
        .formatted(
            trials.size(),
            trials.size() - fine,
            NumberText.of(LOWEST),
            NumberText.of(HIGHEST),
            fine);
  }
}
