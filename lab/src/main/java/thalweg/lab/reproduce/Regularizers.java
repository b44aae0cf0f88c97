package thalweg.lab.reproduce;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Dropout, batch norm, layer norm and gradient noise, each on and off. */
record Regularizers() implements Experiment {
  private static final String SGDM = "sgd(lr={lr}, momentum=0.9)";
  private static final Trial FEW =
      Trial.of(Digits.table().trainRows(400), "mlp(hidden=[128])", 32, 30);
  private static final Trial CNN = Usual.cnn().epochs(6);
  private static final Trial DEEP =
      Trial.of(Digits.table(), "mlp(hidden=[32, 32, 32, 32, 32, 32])", 32, 8);

  @Override
  public String name() {
    return "regularizers";
  }

  @Override
  public String title() {
    return "Dropout, batch norm, layer norm, gradient noise";
  }

  @Override
  public String setup() {
    return "SGD with momentum; six learning rates to choose from on either side. Dropout of 0.3: %s, %s. Batch norm: %s, %s. Layer norm and gradient noise (variance 0.01 / t^0.55): %s, %s."
        .formatted(
            FEW.network(),
            FEW.problem().describe(),
            CNN.network(),
            CNN.problem().describe(),
            DEEP.network(),
            DEEP.problem().describe());
  }

  @Override
  public List<Finding> run(Session session) {
    List<Finding> findings = new ArrayList<>();
    Trial few = FEW.epochs(session.epochs(FEW.epochs()));
    Contender plain = tuned(session, "no dropout", few, SGDM);
    Contender dropout =
        tuned(session, "dropout", few.network("mlp(hidden=[128], dropout=0.3)"), SGDM);
    String srivastava = "N. Srivastava et al., Dropout, JMLR 2014";
    findings.add(
        finding(
            session,
            new Claim(
                "dropout",
                "Dropout lowers the validation loss of a network that has few rows to learn from.",
                srivastava,
                "validation loss at the end",
                "dropout",
                "no dropout",
                Claim.By.DIFFERENCE,
                Claim.Side.BELOW,
                0),
            dropout,
            plain,
            Trace::validationLoss));
    findings.add(
        finding(
            session,
            new Claim(
                "dropout-gap",
                "Dropout narrows the gap between training and validation.",
                srivastava,
                "validation loss less training loss at the end",
                "dropout",
                "no dropout",
                Claim.By.DIFFERENCE,
                Claim.Side.BELOW,
                0),
            dropout,
            plain,
            Trace::gap));
    Trial cnn = CNN.epochs(session.epochs(CNN.epochs()));
    findings.add(
        faster(
            session,
            "batch-norm",
            "Batch norm lets a CNN learn in fewer steps.",
            "S. Ioffe and C. Szegedy, Batch Normalization, ICML 2015",
            tuned(
                session,
                "batch norm",
                cnn.network(cnn.network().replace("batch_norm=false", "batch_norm=true")),
                SGDM),
            tuned(session, "no batch norm", cnn, SGDM),
            0.1));
    Trial deep = DEEP.epochs(session.epochs(DEEP.epochs()));
    Contender bare = tuned(session, "neither", deep, SGDM);
    findings.add(
        faster(
            session,
            "layer-norm",
            "Layer norm lets a deep network learn in fewer steps.",
            "J. L. Ba, J. R. Kiros and G. E. Hinton, Layer Normalization, 2016",
            tuned(
                session,
                "layer norm",
                deep.network(deep.network().replace("])", "], norm=layer)")),
                SGDM),
            bare,
            0.3));
    findings.add(
        finding(
            session,
            new Claim(
                "gradient-noise",
                "Noise on the gradients lets a deep network end at a lower training loss.",
                "A. Neelakantan et al., Adding Gradient Noise Improves Learning for Very Deep"
                    + " Usual, 2015",
                "training loss at the end",
                "gradient noise",
                "neither",
                Claim.By.DIFFERENCE,
                Claim.Side.BELOW,
                0),
            tuned(session, "gradient noise", deep, "add_noise(eta=0.01, seed={seed}) | " + SGDM),
            bare,
            Trace::trainLoss));
    return findings;
  }

  private static Contender tuned(Session session, String label, Trial trial, String spec) {
    return session.tuned(label, trial.each(Rates.of(spec, 1e-3, 0.3)));
  }

  private static Finding faster(
      Session session,
      String name,
      String says,
      String source,
      Contender with,
      Contender without,
      double reached) {
    Claim claim =
        new Claim(
            name,
            says,
            source,
            "steps to a training loss of %s (mean of ten batches; all steps if never)"
                .formatted(reached),
            with.label(),
            without.label(),
            Claim.By.RATIO,
            Claim.Side.BELOW,
            1);
    return finding(session, claim, with, without, run -> run.stepsTo(reached));
  }

  private static Finding finding(
      Session session,
      Claim claim,
      Contender first,
      Contender second,
      ToDoubleFunction<Trace> measure) {
    return session.finding(claim, first, second, measure);
  }
}
