package thalweg.lab.reproduce;

import java.util.List;

/** SGD with momentum beside Adam on one network: how fast, and how far from the validation rows. */
record SgdmAdam(String name, String title, Trial trial, double reached) implements Experiment {
  private static final String SGDM = "sgd(lr={lr}, momentum=0.9)";
  private static final String ADAM = "adam(lr={lr})";

  static SgdmAdam cnn() {
    return new SgdmAdam(
        "sgdm-adam-cnn", "SGD with momentum and Adam on a CNN", Usual.cnn().epochs(12), 0.1);
  }

  static SgdmAdam lstm() {
    return new SgdmAdam(
        "sgdm-adam-lstm", "SGD with momentum and Adam on an LSTM", Usual.lstm().epochs(16), 0.3);
  }

  @Override
  public String setup() {
    return "%s, %s, batches of 32, %d epochs. Six learning rates to choose from for either."
        .formatted(trial.network(), trial.problem().describe(), trial.epochs());
  }

  @Override
  public List<Finding> run(Session session) {
    Trial each = trial.epochs(session.epochs(trial.epochs()));
    Contender sgdm = session.tuned("SGDM", each.each(Rates.of(SGDM, 1e-3, 0.3)));
    Contender adam = session.tuned("Adam", each.each(Rates.of(ADAM, 1e-4, 3e-2)));
    return List.of(
        session.finding(
            new Claim(
                "speed",
                "Adam lowers the training loss in fewer steps than SGD with momentum.",
                "D. P. Kingma and J. Ba, Adam, ICLR 2015",
                "steps to a training loss of %s (mean of ten batches; all steps if never)"
                    .formatted(reached),
                "Adam",
                "SGDM",
                Claim.By.RATIO,
                Claim.Side.BELOW,
                1),
            adam,
            sgdm,
            run -> run.stepsTo(reached)),
        session.finding(
            new Claim(
                "gap",
                "Adam's solution has a larger gap between training and validation than that of SGD"
                    + " with momentum.",
                "A. Wilson et al., The Marginal Value of Adaptive Gradient Methods, NeurIPS 2017",
                "validation loss less training loss at the end",
                "Adam",
                "SGDM",
                Claim.By.DIFFERENCE,
                Claim.Side.ABOVE,
                0),
            adam,
            sgdm,
            Trace::gap),
        session.finding(
            new Claim(
                "accuracy",
                "SGD with momentum ends with a higher validation accuracy than Adam.",
                "A. Wilson et al., The Marginal Value of Adaptive Gradient Methods, NeurIPS 2017",
                "validation accuracy at the end",
                "SGDM",
                "Adam",
                Claim.By.DIFFERENCE,
                Claim.Side.ABOVE,
                0),
            sgdm,
            adam,
            Trace::accuracy));
  }
}
