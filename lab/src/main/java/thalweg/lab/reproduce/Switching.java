package thalweg.lab.reproduce;

import java.util.List;

/** Adam first, SGD for the rest. */
record Switching() implements Experiment {
  private static final double REACHED = 0.1;

  /** Epsilon of Algorithm 1, the standard of {@code swats}. */
  private static final double TOLERANCE = 1e-9;

  /** Nearer counts as this, no comparison as 1, so that a ratio has a logarithm. */
  private static final double NEAREST = 1e-12;

  private static final String SOURCE =
      "N. S. Keskar and R. Socher, Improving Generalization Performance by Switching from Adam to"
          + " SGD, 2017";

  @Override
  public String name() {
    return "swats";
  }

  @Override
  public String title() {
    return "From Adam to SGD (SWATS)";
  }

  @Override
  public String setup() {
    return "%s, %s, 400 training rows. Six learning rates to choose from for each; by hand half of the epochs with Adam at its rate, then SGD with momentum at one of six; SWATS chooses the moment and its second rate itself."
        .formatted(Usual.cnn().network(), Digits.pictures().describe());
  }

  @Override
  public List<Finding> run(Session session) {
    int epochs = session.epochs(30);
    Trial trial = few(epochs);
    List<String> sgdmRates = Rates.of("sgd(lr={lr}, momentum=0.9)", 1e-3, 0.3);
    Contender adam = session.tuned("Adam", trial.each(Rates.of("adam(lr={lr})", 1e-4, 3e-2)));
    Contender sgdm = session.tuned("SGDM", trial.each(sgdmRates));
    Contender swats = session.tuned("SWATS", trial.each(Rates.of("swats(lr={lr})", 1e-4, 3e-2)));
    Trial beginning = adam.trial().epochs(Math.max(1, epochs / 2));
    Trial rest = trial.epochs(epochs - beginning.epochs()).continuing(beginning);
    Contender byHand = session.tuned("Adam, then SGDM", rest.each(sgdmRates));
    return List.of(
        session.finding(
            claim(
                "by-hand",
                "Going over from Adam to SGD half-way ends with a lower validation loss than Adam"
                    + " throughout.",
                "validation loss at the end",
                "Adam, then SGDM",
                "Adam",
                Claim.By.DIFFERENCE,
                0),
            byHand,
            adam,
            Trace::validationLoss),
        session.finding(
            claim(
                "automatic",
                "SWATS ends with a lower validation loss than Adam.",
                "validation loss at the end",
                "SWATS",
                "Adam",
                Claim.By.DIFFERENCE,
                0),
            swats,
            adam,
            Trace::validationLoss),
        session.finding(
            claim(
                "speed",
                "SWATS keeps Adam's fast beginning: fewer steps than SGD with momentum.",
                "steps to a training loss of 0.1 (mean of ten batches; all steps if never)",
                "SWATS",
                "SGDM",
                Claim.By.RATIO,
                1),
            swats,
            sgdm,
            run -> run.stepsTo(REACHED)),
        session.finding(
            new Claim(
                "goes-over",
                "SWATS finds its moment: more than half of its runs go over to SGD.",
                SOURCE,
                "1 for a run that went over, 0 for one that did not",
                "SWATS",
                "never",
                Claim.By.DIFFERENCE,
                Claim.Side.ABOVE,
                0.5),
            Session.values(swats, run -> run.switched().over() ? 1 : 0),
            Session.values(swats, run -> 0)),
        session.finding(
            new Claim(
                "tolerance",
                "The two rates that SWATS compares come within its published tolerance of each"
                    + " other.",
                SOURCE,
                "smallest difference of the rate SGD would need and its running mean after the"
                    + " first update",
                "SWATS",
                "1",
                Claim.By.RATIO,
                Claim.Side.BELOW,
                TOLERANCE),
            Session.values(swats, run -> Math.clamp(run.switched().nearest(), NEAREST, 1)),
            Session.values(swats, run -> 1)));
  }

  private static Trial few(int epochs) {
    Trial cnn = Usual.cnn();
    return Trial.of(Digits.pictures().trainRows(400), cnn.network(), 32, epochs);
  }

  private static Claim claim(
      String name,
      String says,
      String measured,
      String first,
      String second,
      Claim.By by,
      double bound) {
    return new Claim(name, says, SOURCE, measured, first, second, by, Claim.Side.BELOW, bound);
  }
}
