package thalweg.lab.compare;

import static thalweg.lab.compare.Attempt.Purpose.CHOOSING;
import static thalweg.lab.compare.Attempt.Purpose.REPORTED;
import static thalweg.lab.compare.Attempt.Purpose.WARMING_UP;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import thalweg.formula.Formula;
import thalweg.formula.Transformation;
import thalweg.lab.BadInput;
import thalweg.lab.compare.Trial.Heard;
import thalweg.lab.schedule.Curves;
import thalweg.print.FormulaPrinter;
import thalweg.text.Specs;
import thalweg.torch.Batching;
import thalweg.torch.Libtorch;

/** The runs of a comparison in their order: rates chosen, then every competitor on every seed. */
final class Contest {
  private final ComparisonRun asked;
  private final Lesson lesson;
  private final Trial trial;
  private final List<Competitor> competitors;

  Contest(ComparisonRun asked) {
    this.asked = asked;
    competitors = Competitor.of(asked.specs(), asked.regimes());
    lesson = Lesson.of(asked.data(), asked.model(), asked.loss());
    trial = new Trial(lesson, asked.epochs(), asked.threads());
    check();
  }

  private void check() {
    int rows = rows();
    for (Batching batching : asked.regimes()) {
      if (batching instanceof Batching.Mini(int size) && size > rows) {
        throw new BadInput(
            "batch is %d, there are %d training rows; give a smaller batch or full"
                .formatted(size, rows));
      }
      if (batching instanceof Batching.Full && asked.data().curriculum().isPresent()) {
        throw new BadInput(
            "a curriculum orders batches, and a full batch sees all at once; leave one of them"
                + " out");
      }
    }
    for (Competitor competitor : competitors) {
      long perEpoch = trial.steps(competitor.batching());
      Entrant entrant = competitor.entrant();
      Curves.check(entrant.spec(), entrant.rule(), asked.epochs() * perEpoch, perEpoch);
    }
  }

  /** The whole work, as {@link Heard} hears of it. */
  long pieces() {
    return competitors.stream()
        .mapToLong(c -> c.runs(asked.grid(), asked.seeds()) * trial.pieces(c.batching()))
        .sum();
  }

  ComparisonStart start() {
    return new ComparisonStart(
        asked,
        lesson.model().text(),
        competitors.stream().map(Competitor::id).toList(),
        lesson.metric().name());
  }

  Comparison run(Heard heard, ComparisonListener listener, String version, String command) {
    Libtorch.load();
    long learned = lesson.parameters();
    Libtorch.threads(1); // small layers on shared cores stall with more, and runs must repeat
    List<Chosen> all = new ArrayList<>();
    for (Competitor competitor : competitors) {
      all.add(
          competitor.entrant().tunable() ? tuned(competitor, heard) : warmedUp(competitor, heard));
      listener.onRate(competitor.id(), all.getLast().rate);
    }
    for (long seed : seeds()) {
      for (Chosen chosen : all) {
        Attempt attempt = new Attempt(chosen.competitor.id(), REPORTED, chosen.rate, seed);
        chosen.runs.add(trial.run(chosen.rule, chosen.competitor.batching(), attempt, heard));
      }
    }
    String backend = all.getLast().runs.getLast().backend();
    return new Comparison(
        DataFacts.of(asked.data()),
        settings(learned),
        Environment.here(version, Libtorch.version(), asked.threads(), backend, command),
        all.stream().map(Contest::result).toList());
  }

  private List<Long> seeds() {
    return LongStream.rangeClosed(1, asked.seeds()).map(i -> asked.seed() + i).boxed().toList();
  }

  private int rows() {
    return asked.data().train().rows();
  }

  private Settings settings(long learned) {
    int rows = rows();
    return new Settings(
        lesson.model().text(),
        lesson.hidden(),
        lesson.lossWords(),
        asked.regimes().stream().map(b -> Regime.of(b, rows, asked.epochs())).toList(),
        asked.epochs(),
        learned,
        asked.seed(),
        asked.seed(),
        asked.epochs(),
        seeds(),
        competitors.stream().anyMatch(c -> c.entrant().tunable()) ? asked.grid() : List.of());
  }

  /** A competitor with its rate, and the reported runs so far. */
  private record Chosen(
      Competitor competitor,
      Transformation rule,
      double rate,
      List<TuningPoint> tuning,
      List<Trained> runs) {}

  private Chosen tuned(Competitor competitor, Heard heard) {
    Entrant entrant = competitor.entrant();
    List<TuningPoint> tuning = new ArrayList<>();
    for (double candidate : asked.grid()) {
      Attempt attempt = new Attempt(competitor.id(), CHOOSING, candidate, asked.seed());
      SeedRun run = trial.run(entrant.at(candidate), competitor.batching(), attempt, heard).run();
      double loss =
          run.diverged() || run.epochs() == 0 ? Double.NaN : run.validationLoss().getLast();
      tuning.add(new TuningPoint(candidate, loss, run.diverged()));
    }
    double rate = best(tuning);
    return new Chosen(competitor, entrant.at(rate), rate, tuning, new ArrayList<>());
  }

  /** Throws a run away, as one that is tuned throws away a grid of them. */
  private Chosen warmedUp(Competitor competitor, Heard heard) {
    Entrant entrant = competitor.entrant();
    Attempt attempt = new Attempt(competitor.id(), WARMING_UP, entrant.rate(), asked.seed());
    trial.run(entrant.rule(), competitor.batching(), attempt, heard);
    return new Chosen(competitor, entrant.rule(), entrant.rate(), List.of(), new ArrayList<>());
  }

  private static OptimizerResult result(Chosen chosen) {
    Competitor competitor = chosen.competitor;
    FormulaPrinter printer = FormulaPrinter.of(Formula.of(chosen.rule));
    Trained last = chosen.runs.getLast();
    return new OptimizerResult(
        competitor.id(),
        competitor.entrant().id(),
        competitor.batching().text(),
        competitor.entrant().spec(),
        Specs.print(chosen.rule),
        String.join("\n", printer.text()),
        printer.latex(),
        Entrant.hyperparameters(chosen.rule),
        chosen.rate,
        chosen.tuning,
        last.stateBytes(),
        last.memory(),
        chosen.runs.stream().map(Trained::run).toList());
  }

  /** The rate of the lowest validation loss; the smallest rate if every one diverged. */
  private static double best(List<TuningPoint> tuning) {
    TuningPoint best = tuning.getFirst();
    for (TuningPoint point : tuning) {
      boolean finite = Double.isFinite(point.validationLoss());
      if (finite && !(point.validationLoss() >= best.validationLoss())) {
        best = point;
      }
    }
    return best.rate();
  }
}
