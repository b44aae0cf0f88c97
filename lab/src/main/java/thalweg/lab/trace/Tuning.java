package thalweg.lab.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import thalweg.lab.BadInput;
import thalweg.lab.RangeEnd;
import thalweg.text.NumberText;

/**
 * How one optimizer got its learning rate, by as many trials as every other: three quarters of them
 * at rates spread evenly, by ratios, from {@link #LOWEST} to {@link #HIGHEST}, the rest between the
 * best of these and its two neighbours.
 *
 * <p>A trial is a walk of the request from its start for its steps. Where chance has a part it is
 * {@link #REHEARSALS} of them, each with another seed and none with the request's own: the middle
 * one counts, but a rate at which one ends early is worse than any at which none does. The best is
 * the one that {@link Ending} says; if it ends early with the request's own seed, the next best
 * that does not takes its place.
 *
 * @param spec as given
 * @param tuned the text form with the chosen rate
 * @param rate the chosen rate, of a schedule its base
 * @param rehearsals walks of each trial
 * @param trials in the order of rates
 * @param passed the rates that came before the chosen one, but end early with the request's seed
 */
public record Tuning(
    String spec,
    String tuned,
    double rate,
    int rehearsals,
    List<Trial> trials,
    List<Double> passed) {
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

  /** Walks of a trial where chance has a part. */
  public static final int REHEARSALS = 3;

  /** One in so many trials is a fine one. */
  static final int FINE = 4;

  /**
   * One trial.
   *
   * @param rate three digits of it
   * @param ending of its middle walk; of the worst where one ends early
   */
  public record Trial(double rate, Ending ending) {}

  public Tuning {
    trials = List.copyOf(trials);
    passed = List.copyOf(passed);
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
    List<Contender> contenders = Tracer.contenders(request);
    List<RateSearch.Stage> rehearsals =
        IntStream.range(0, rehearsals(request, contenders))
            .mapToObj(
                i -> RateSearch.Stage.of(request.withSeed(request.seed() + 1 + i), contenders))
            .toList();
    RateSearch.Stage own = RateSearch.Stage.of(request, contenders);
    List<Callable<Tuning>> tunings = new ArrayList<>();
    for (Contender contender : contenders) {
      tunings.add(() -> new RateSearch(contender, rehearsals, own, listener).tune(budget));
    }
    return Together.run(tunings, threads);
  }

  /**
   * Walks of all trials of a request.
   *
   * @throws BadInput as {@link Tracer#trace}
   */
  public static long walks(TraceRequest request, int budget) {
    List<Contender> contenders = Tracer.contenders(request);
    return (long) contenders.size() * budget * rehearsals(request, contenders);
  }

  private static int rehearsals(TraceRequest request, List<Contender> contenders) {
    boolean chance = request.noise() > 0 || contenders.stream().anyMatch(one -> one.terms() > 0);
    return chance ? REHEARSALS : 1;
  }

  /** The request with the chosen rates, and their walks. */
  public static Trace trace(
      TraceRequest request, List<Tuning> tunings, int threads, TraceListener listener) {
    TraceRequest tuned = request.withOptimizers(tunings.stream().map(Tuning::tuned).toList());
    return new Trace(tuned, Tracer.trace(tuned, threads, listener).walks(), tunings);
  }

  /** How the rates were chosen, in words. */
  public String method() {
    int fine = trials.size() / FINE;
    String judged =
        rehearsals == 1
            ? ""
            : "; each by %d walks with other seeds, %d in all"
                .formatted(rehearsals, rehearsals * trials.size());
    return "the best of %d for each optimizer: %d from %s to %s, then %d around the best of these%s"
        .formatted(
            trials.size(),
            trials.size() - fine,
            NumberText.of(LOWEST),
            NumberText.of(HIGHEST),
            fine,
            judged);
  }

  /**
   * What is not as it should be with the chosen rate, in words; empty if nothing is.
   *
   * @param seed the request's
   */
  public Optional<String> note(long seed) {
    List<String> notes = Stream.of(early(seed), beyond()).flatMap(Optional::stream).toList();
    return notes.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", notes));
  }

  /**
   * The end of the rates that were tried which the chosen one is; empty if there are worse ones on
   * both sides of it, or if it is no better than what lies beside it.
   */
  public Optional<RangeEnd> end() {
    Trial first = trials.getFirst();
    Trial last = trials.getLast();
    if (rate == first.rate() && isBetter(first)) {
      return Optional.of(RangeEnd.LOWEST);
    }
    return rate == last.rate() && isBetter(last) ? Optional.of(RangeEnd.HIGHEST) : Optional.empty();
  }

  /** Whether it is better than the trial that is next to it, and does not end early. */
  private boolean isBetter(Trial end) {
    Optional<Trial> next =
        trials.stream()
            .filter(trial -> trial.rate() != end.rate())
            .min(
                Comparator.comparingDouble(trial -> Math.abs(Math.log(trial.rate() / end.rate()))));
    return !end.ending().isEarly()
        && next.isPresent()
        && end.ending().compareTo(next.get().ending()) < 0;
  }

  private Optional<String> beyond() {
    return end()
        .map(end -> {
          boolean low = end == RangeEnd.LOWEST;
          double from = low ? between(rate / 1000, rate, 0) : rate;
          double to = low ? rate : between(rate, 1000 * rate, 1);
          return "%s, as --sweep lr=%s..%s can show"
              .formatted(
                  end.said(NumberText.of(rate), "rate"), NumberText.of(from), NumberText.of(to));
        });
  }

  private Optional<String> early(long seed) {
    if (trials.stream().allMatch(trial -> trial.ending().isEarly())) {
      return Optional.of(
          "none of the %d rates keeps it from ending early".formatted(trials.size()));
    }
    if (passed.isEmpty()) {
      return Optional.empty();
    }
    String first = NumberText.of(passed.getFirst());
    return Optional.of(
        passed.contains(rate)
            ? "with seed %d it ends early at %s and at every next best rate".formatted(seed, first)
            : "%s did best with other seeds, but ends early with seed %d; %s is the next best that does not"
                .formatted(first, seed, NumberText.of(rate)));
  }

  /** Three digits, for rates that can be read and typed. */
  static double between(double low, double high, double share) {
    return between(low, high, share, 3);
  }

  /** The number that lies so far between two by ratios, to so many digits. */
  static double between(double low, double high, double share, int digits) {
    double exact = low * Math.pow(high / low, share);
    return Double.parseDouble(String.format(Locale.ROOT, "%." + (digits - 1) + "e", exact));
  }
}
