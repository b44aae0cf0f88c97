package thalweg.lab.reproduce;

import java.util.List;
import thalweg.torch.Batching;

/** All rows a step, some, or one: after equal epochs and after equal time. */
record BatchRegimes() implements Experiment {
  private static final double SECONDS = 0.5;
  private static final int ENDLESS = 100_000;
  private static final String BOTTOU =
      "L. Bottou, Large-Scale Machine Learning with Stochastic Gradient Descent, 2010";
  private static final String LECUN = "Y. LeCun et al., Efficient BackProp, 1998";
  private static final String BOOK =
      "I. Goodfellow, Y. Bengio and A. Courville, Deep Learning, 2016, section 8.1.3";

  @Override
  public String name() {
    return "batch-regimes";
  }

  @Override
  public String title() {
    return "Full batches, mini-batches of 32, single samples";
  }

  @Override
  public String setup() {
    return "Plain SGD, %s, %s. Six learning rates to choose from for each regime, over the epochs; the same rate then for %s seconds of training. Seconds differ from run to run and machine to machine."
        .formatted(Usual.mlp().network(), Usual.mlp().problem().describe(), SECONDS);
  }

  @Override
  public List<Finding> run(Session session) {
    Trial trial = Usual.mlp().epochs(session.epochs(8));
    Trial fullTrial = trial.batching(new Batching.Full());
    Trial oneTrial = trial.batching(new Batching.One());
    Contender full = session.tuned("full", fullTrial.each(Rates.of("sgd(lr={lr})", 3e-2, 10)));
    Contender mini = session.tuned("mini", trial.each(Rates.of("sgd(lr={lr})", 1e-2, 3)));
    Contender one = session.tuned("one", oneTrial.each(Rates.of("sgd(lr={lr})", 1e-3, 0.3)));
    Contender fullTimed = session.fixed("full, timed", timed(full));
    Contender miniTimed = session.fixed("mini, timed", timed(mini));
    Contender oneTimed = session.fixed("one, timed", timed(one));
    String epochs = "training loss after %d epochs".formatted(trial.epochs());
    String time = "training loss after %s seconds of training".formatted(SECONDS);
    return List.of(
        session.finding(
            claim(
                "full-epochs",
                "Mini-batches come lower than full batches in equally many epochs.",
                LECUN,
                epochs,
                "mini",
                "full"),
            mini,
            full,
            Trace::trainLoss),
        session.finding(
            claim(
                "one-epochs",
                "Single samples come lower than mini-batches in equally many epochs.",
                BOTTOU,
                epochs,
                "one",
                "mini"),
            one,
            mini,
            Trace::trainLoss),
        session.finding(
            claim(
                "full-seconds",
                "Mini-batches come lower than full batches in equal time.",
                BOTTOU,
                time,
                "mini, timed",
                "full, timed"),
            miniTimed,
            fullTimed,
            Trace::trainLoss),
        session.finding(
            claim(
                "one-seconds",
                "Mini-batches come lower than single samples in equal time.",
                BOOK,
                time,
                "mini, timed",
                "one, timed"),
            miniTimed,
            oneTimed,
            Trace::trainLoss));
  }

  private static Trial timed(Contender contender) {
    return contender.trial().epochs(ENDLESS).seconds(SECONDS);
  }

  private static Claim claim(
      String name, String says, String source, String measured, String first, String second) {
    return new Claim(
        name, says, source, measured, first, second, Claim.By.RATIO, Claim.Side.BELOW, 1);
  }
}
