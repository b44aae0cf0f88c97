package thalweg.lab.reproduce;

import java.util.List;

/** Rates of their own for rare features. */
record SparseFeatures() implements Experiment {
  private static final Trial TRIAL = Trial.of(new RareFeatures(1000, 20, 5000), "linear", 10, 1);

  @Override
  public String name() {
    return "sparse-features";
  }

  @Override
  public String title() {
    return "Adaptive methods on sparse features";
  }

  @Override
  public String setup() {
    return "Logistic regression, %s, batches of 10, seen once, as online. Six learning rates to choose from for each."
        .formatted(TRIAL.problem().describe());
  }

  @Override
  public List<Finding> run(Session session) {
    Contender sgd = session.tuned("SGD", TRIAL.each(Rates.of("sgd(lr={lr})", 3e-2, 10)));
    Contender adagrad = session.tuned("Adagrad", TRIAL.each(Rates.of("adagrad(lr={lr})", 1e-2, 3)));
    Contender adam = session.tuned("Adam", TRIAL.each(Rates.of("adam(lr={lr})", 3e-4, 0.1)));
    return List.of(
        session.finding(
            claim(
                "adagrad",
                "Adagrad learns informative rare features better than SGD.",
                "J. Duchi, E. Hazan and Y. Singer, Adaptive Subgradient Methods, JMLR 2011",
                "Adagrad"),
            adagrad,
            sgd,
            Trace::validationLoss),
        session.finding(
            claim(
                "adam",
                "Adam, too, learns sparse features better than SGD.",
                "D. P. Kingma and J. Ba, Adam, ICLR 2015",
                "Adam"),
            adam,
            sgd,
            Trace::validationLoss));
  }

  private static Claim claim(String name, String says, String source, String first) {
    return new Claim(
        name,
        says,
        source,
        "validation loss at the end",
        first,
        "SGD",
        Claim.By.DIFFERENCE,
        Claim.Side.BELOW,
        0);
  }
}
