package thalweg.lab.reproduce;

import java.util.List;

/** A trained network goes on with data of another kind, by plain SGD at a large rate or by Adam. */
record FineTuning() implements Experiment {
  private static final String SOURCE =
      "S. Mukherjee et al., Do We Need Adam? (reinforcement learning of language models),"
          + " arXiv:2602.07729, 2026";
  private static final String NETWORK = "mlp(hidden=[128])";
  private static final int ROWS = 300;
  private static final Trial PRETRAINING =
      Trial.of(Digits.table(), NETWORK, 32, 10).optimizer("adam(lr=3e-3)");

  @Override
  public String name() {
    return "fine-tuning";
  }

  @Override
  public String title() {
    return "Fine-tuning with plain SGD at a large rate, and with Adam";
  }

  @Override
  public String setup() {
    return "%s, trained on %s with adam(lr=3e-3), then on %s, batches of 32. SGD chooses from six rates of 0.03 to 10, Adam from six of 3e-4 to 0.1."
        .formatted(NETWORK, PRETRAINING.problem().describe(), target().describe());
  }

  private static Problem target() {
    return Digits.table().trainRows(ROWS).turn();
  }

  @Override
  public List<Finding> run(Session session) {
    Trial trial =
        Trial.of(target(), NETWORK, 32, session.epochs(20))
            .from(PRETRAINING.epochs(session.epochs(PRETRAINING.epochs())));
    Contender sgd = session.tuned("SGD", trial.each(Rates.of("sgd(lr={lr})", 3e-2, 10)));
    Contender adam = session.tuned("Adam", trial.each(Rates.of("adam(lr={lr})", 3e-4, 0.1)));
    return List.of(
        session.finding(
            claim(
                "accuracy",
                "Plain SGD at a large rate ends at most one point of accuracy below Adam.",
                "validation accuracy at the end",
                Claim.By.DIFFERENCE,
                Claim.Side.ABOVE,
                -0.01),
            sgd,
            adam,
            Trace::accuracy),
        session.finding(
            claim(
                "moved",
                "SGD moves less than a tenth as many parameters by more than 1e-5.",
                "parameters that moved by more than 1e-5",
                Claim.By.RATIO,
                Claim.Side.BELOW,
                0.1),
            sgd,
            adam,
            run -> Math.max(1, run.moved())),
        session.finding(
            claim(
                "fewer-moved",
                "SGD moves fewer parameters by more than 1e-5.",
                "parameters that moved by more than 1e-5",
                Claim.By.RATIO,
                Claim.Side.BELOW,
                1),
            sgd,
            adam,
            run -> Math.max(1, run.moved())),
        session.finding(
            claim(
                "memory",
                "SGD's optimizer holds at least 4 bytes a parameter less.",
                "bytes of optimizer a parameter",
                Claim.By.DIFFERENCE,
                Claim.Side.BELOW,
                -4),
            sgd,
            adam,
            run -> (double) run.optimizerBytes() / run.parameters()));
  }

  private static Claim claim(
      String name, String says, String measured, Claim.By by, Claim.Side side, double bound) {
    return new Claim(name, says, SOURCE, measured, "SGD", "Adam", by, side, bound);
  }
}
