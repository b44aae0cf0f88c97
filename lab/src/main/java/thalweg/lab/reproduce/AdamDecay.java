package thalweg.lab.reproduce;

import java.util.ArrayList;
import java.util.List;
import thalweg.text.NumberText;

/** Weight decay in the gradient of Adam, or beside it. */
record AdamDecay() implements Experiment {
  private static final double[] RATES = {1e-3, 3e-3, 1e-2};
  private static final Trial TRIAL =
      Trial.of(Digits.table().trainRows(400).wrongLabels(0.2), "mlp(hidden=[64])", 32, 40);
  private static final String SOURCE =
      "I. Loshchilov and F. Hutter, Decoupled Weight Decay Regularization, ICLR 2019";

  @Override
  public String name() {
    return "adam-l2-adamw";
  }

  @Override
  public String title() {
    return "Adam with an L2 penalty, and AdamW";
  }

  @Override
  public String setup() {
    return "%s, %s, batches of 32, 40 epochs. Nine settings to choose from for each: three learning rates with three strengths; nine rates without decay."
        .formatted(TRIAL.network(), TRIAL.problem().describe());
  }

  @Override
  public List<Finding> run(Session session) {
    Trial trial = TRIAL.epochs(session.epochs(TRIAL.epochs()));
    Contender l2 =
        session.tuned(
            "Adam + L2", trial.each(grid("adam(lr={lr}, weight_decay={decay})", 1e-4, 1e-3, 1e-2)));
    Contender decoupled =
        session.tuned(
            "AdamW", trial.each(grid("adamw(lr={lr}, weight_decay={decay})", 1e-2, 0.1, 1)));
    Contender none = session.tuned("Adam", trial.each(Rates.of("adam(lr={lr})", 3e-5, 0.3)));
    return List.of(
        session.finding(
            claim(
                "loss",
                "AdamW generalizes better than Adam with an L2 penalty.",
                "validation loss at the end",
                "AdamW",
                "Adam + L2",
                Claim.Side.BELOW),
            decoupled,
            l2,
            Trace::validationLoss),
        session.finding(
            claim(
                "accuracy",
                "AdamW ends with a higher validation accuracy than Adam with an L2 penalty.",
                "validation accuracy at the end",
                "AdamW",
                "Adam + L2",
                Claim.Side.ABOVE),
            decoupled,
            l2,
            Trace::accuracy),
        session.finding(
            claim(
                "decay",
                "AdamW's decay lowers the validation loss beside Adam without any.",
                "validation loss at the end",
                "AdamW",
                "Adam",
                Claim.Side.BELOW),
            decoupled,
            none,
            Trace::validationLoss));
  }

  private static List<String> grid(String spec, double... decays) {
    List<String> all = new ArrayList<>();
    for (double rate : RATES) {
      for (double decay : decays) {
        all.add(Rates.at(spec, rate).replace("{decay}", NumberText.of(decay)));
      }
    }
    return all;
  }

  private static Claim claim(
      String name, String says, String measured, String first, String second, Claim.Side side) {
    return new Claim(name, says, SOURCE, measured, first, second, Claim.By.DIFFERENCE, side, 0);
  }
}
