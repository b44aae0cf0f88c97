package thalweg.lab.reproduce;

import java.util.ArrayList;
import java.util.List;
import thalweg.text.NumberText;

/** Weight decay in the gradient of Adam, or beside it. */
record AdamDecay() implements Experiment {
  private static final double[] RATES = {1e-3, 3e-3, 1e-2};
  private static final double HIGH = 1e-2;
  private static final String L2 = "adam(lr={lr}, weight_decay={decay})";
  private static final String DECOUPLED = "adamw(lr={lr}, weight_decay={decay})";
  private static final Trial TRIAL =
      Trial.of(Digits.table().trainRows(200).wrongLabels(0.2), "mlp(hidden=[64])", 32, 150);
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
    return "%s, %s, batches of 32, 150 epochs. Twelve settings to choose from for each: three learning rates with four strengths; twelve rates without decay. Then at a rate of 0.01, which overfits without decay: five strengths for either."
        .formatted(TRIAL.network(), TRIAL.problem().describe());
  }

  @Override
  public List<Finding> run(Session session) {
    Trial trial = TRIAL.epochs(session.epochs(TRIAL.epochs()));
    Contender l2 = session.tuned("Adam + L2", trial.each(grid(L2, RATES, 1e-4, 1e-3, 1e-2, 0.1)));
    Contender decoupled =
        session.tuned("AdamW", trial.each(grid(DECOUPLED, RATES, 1e-2, 0.1, 1, 10)));
    Contender none = session.tuned("Adam", trial.each(Rates.of("adam(lr={lr})", 1e-5, 3)));
    double[] high = {HIGH};
    Contender l2High =
        session.tuned(
            "Adam + L2, rate 0.01", trial.each(grid(L2, high, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2)));
    Contender decoupledHigh =
        session.tuned("AdamW, rate 0.01", trial.each(grid(DECOUPLED, high, 3e-2, 0.1, 0.3, 1, 3)));
    Contender noneHigh =
        session.fixed("Adam, rate 0.01", trial.optimizer(Rates.at("adam(lr={lr})", HIGH)));
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
                "AdamW ends with a lower validation loss than Adam without decay.",
                "validation loss at the end",
                "AdamW",
                "Adam",
                Claim.Side.BELOW),
            decoupled,
            none,
            Trace::validationLoss),
        session.finding(
            claim(
                "high-rate",
                "AdamW generalizes better than Adam with an L2 penalty, both at a rate of 0.01.",
                "validation loss at the end",
                "AdamW, rate 0.01",
                "Adam + L2, rate 0.01",
                Claim.Side.BELOW),
            decoupledHigh,
            l2High,
            Trace::validationLoss),
        session.finding(
            claim(
                "high-rate-decay",
                "AdamW ends with a lower validation loss than Adam without decay, both at a rate"
                    + " of 0.01.",
                "validation loss at the end",
                "AdamW, rate 0.01",
                "Adam, rate 0.01",
                Claim.Side.BELOW),
            decoupledHigh,
            noneHigh,
            Trace::validationLoss));
  }

  private static List<String> grid(String spec, double[] rates, double... decays) {
    List<String> all = new ArrayList<>();
    for (double rate : rates) {
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
