package thalweg.lab.reproduce;

import java.util.List;

/** A learning rate that rises over the first updates of a transformer. */
record WarmUp() implements Experiment {
  private static final String ADAM = "adam(lr={lr})";
  private static final String WARMED = "adam(lr=warmup(base={lr}, steps=100))";

  @Override
  public String name() {
    return "warmup-transformer";
  }

  @Override
  public String title() {
    return "Warm-up for a transformer";
  }

  @Override
  public String setup() {
    return "%s, %s, batches of 32. The first 100 updates with a rate that rises in a line, or with the rate itself. Six rates to choose from for either; then both at ten times the rate chosen without."
        .formatted(Usual.transformer().network(), Usual.transformer().problem().describe());
  }

  @Override
  public List<Finding> run(Session session) {
    Trial trial = Usual.transformer().epochs(session.epochs(12));
    Contender plain = session.tuned("without", trial.each(Rates.of(ADAM, 1e-4, 3e-2)));
    Contender warmed = session.tuned("with", trial.each(Rates.of(WARMED, 1e-4, 3e-2)));
    double high = 10 * Rates.read(plain.trial().optimizer());
    Contender highPlain =
        session.fixed("without, rate × 10", trial.optimizer(Rates.at(ADAM, high)));
    Contender highWarmed =
        session.fixed("with, rate × 10", trial.optimizer(Rates.at(WARMED, high)));
    return List.of(
        session.finding(
            claim(
                "tuned",
                "A transformer trained with Adam ends lower with warm-up than without, each at its"
                    + " own best rate.",
                "A. Vaswani et al., Attention Is All You Need, NeurIPS 2017",
                "with",
                "without",
                Claim.Side.BELOW),
            warmed,
            plain,
            Trace::trainLoss),
        session.finding(
            claim(
                "high-rate",
                "Warm-up lets a transformer stand a rate that is too high without it.",
                "L. Liu et al., On the Variance of the Adaptive Learning Rate and Beyond, ICLR"
                    + " 2020",
                "with, rate × 10",
                "without, rate × 10",
                Claim.Side.BELOW),
            highWarmed,
            highPlain,
            Trace::trainLoss));
  }

  private static Claim claim(
      String name, String says, String source, String first, String second, Claim.Side side) {
    return new Claim(
        name,
        says,
        source,
        "training loss at the end",
        first,
        second,
        Claim.By.DIFFERENCE,
        side,
        0);
  }
}
