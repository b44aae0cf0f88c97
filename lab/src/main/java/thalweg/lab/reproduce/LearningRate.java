package thalweg.lab.reproduce;

import java.util.ArrayList;
import java.util.List;

/** One learning rate too small, right and too large. */
record LearningRate() implements Experiment {
  private static final String SPEC = "sgd(lr={lr}, momentum=0.9)";
  private static final double FACTOR = 30;
  private static final double REACHED = 0.5;
  private static final String BENGIO =
      "Y. Bengio, Practical Recommendations for Gradient-Based Training, 2012";
  private static final String BOOK =
      "I. Goodfellow, Y. Bengio and A. Courville, Deep Learning, 2016, section 11.4.1";

  @Override
  public String name() {
    return "learning-rate";
  }

  @Override
  public String title() {
    return "One learning rate too small, right, too large";
  }

  @Override
  public String setup() {
    return "SGD with momentum, %s, %s. Right is the best of six rates; the others are 30 times smaller and 30 times larger."
        .formatted(Usual.cnn().network(), Usual.cnn().problem().describe());
  }

  @Override
  public List<Finding> run(Session session) {
    Trial trial = Usual.cnn().epochs(session.epochs(12));
    Contender right = session.tuned("right", trial.each(Rates.of(SPEC, 1e-3, 0.3)));
    double rate = Rates.read(right.trial().optimizer());
    Contender small = session.fixed("too small", trial.optimizer(Rates.at(SPEC, rate / FACTOR)));
    Contender large = session.fixed("too large", trial.optimizer(Rates.at(SPEC, rate * FACTOR)));
    List<Double> others = new ArrayList<>();
    List<Double> untrained = new ArrayList<>();
    for (int i = 0; i < small.runs().size(); i++) {
      others.add(
          Math.min(small.runs().get(i).validationLoss(), large.runs().get(i).validationLoss()));
      untrained.add(Math.log(10));
    }
    return List.of(
        session.finding(
            new Claim(
                "too-small",
                "With a rate that is too small training is slow: more than twice the steps.",
                BOOK,
                "steps to a training loss of 0.5 (mean of ten batches; all steps if never)",
                "too small",
                "right",
                Claim.By.RATIO,
                Claim.Side.ABOVE,
                2),
            small,
            right,
            run -> run.stepsTo(REACHED)),
        session.finding(
            new Claim(
                "right",
                "Between the two lies a rate that is better than either.",
                BENGIO,
                "validation loss at the end",
                "right",
                "better of the others",
                Claim.By.DIFFERENCE,
                Claim.Side.BELOW,
                0),
            Session.values(right, Trace::validationLoss),
            others),
        session.finding(
            new Claim(
                "too-large",
                "With a rate that is too large training diverges, or stays above half of the loss"
                    + " of guessing.",
                BENGIO,
                "training loss at the end (10 if it diverged), over ln 10",
                "too large",
                "guessing",
                Claim.By.RATIO,
                Claim.Side.ABOVE,
                0.5),
            Session.values(large, Trace::trainLoss),
            untrained));
  }
}
