package thalweg.lab.train;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import thalweg.torch.Evaluation;
import thalweg.torch.RunLog;

/** The result of a run as JSON, format {@code training/1}, described in docs/json.md. */
public final class TrainJson {
  private TrainJson() {}

  /** The text, indented. */
  public static String text(TrainResult result) {
    RunLog log = result.log();
    ObjectNode root =
        new ObjectMapper()
            .createObjectNode()
            .put("format", "training/1")
            .put("folder", result.folder().path().toString())
            .put("data", result.data())
            .put("model", result.model())
            .put("optimizer", result.optimizer())
            .put("parameters", result.parameters())
            .put("ending", result.ending())
            .put("steps", log.steps())
            .put("seconds", log.forwardBackwardSeconds() + log.optimizerSeconds())
            .put("optimizer_share", log.optimizerShare());
    if (log.ending() instanceof RunLog.Ending.Diverged diverged) {
      put(
          root.putObject("diverged").put("step", diverged.step()),
          "gradient_norm",
          diverged.gradientNorm());
    }
    put(root.putObject("start"), log.start());
    result.warning().ifPresent(warning -> root.put("warning", warning));
    root.put("weights", result.chosen());
    result.validation().ifPresent(evaluation -> put(root.putObject("validation"), evaluation));
    result.test().ifPresent(evaluation -> put(root.putObject("test"), evaluation));
    result
        .language()
        .ifPresent(language -> {
          ObjectNode node = root.putObject("language");
          put(node, "baseline_validation_perplexity", language.baselineValidation());
          put(node, "baseline_test_perplexity", language.baselineTest());
          node.put("sample", language.sample());
        });
    ArrayNode epochs = root.putArray("epochs");
    for (RunLog.Epoch epoch : log.epochs()) {
      ObjectNode node = epochs.addObject().put("epoch", epoch.epoch()).put("steps", epoch.steps());
      put(node, "train_loss", epoch.trainLoss());
      node.put("seconds", epoch.seconds());
      put(node.putObject("validation"), epoch.judged());
    }
    return root.toPrettyString();
  }

  private static void put(ObjectNode node, Evaluation evaluation) {
    put(node, "loss", evaluation.loss());
    evaluation.metrics().forEach((name, value) -> put(node, name, value));
  }

  /** JSON has neither NaN nor infinity. */
  private static void put(ObjectNode node, String name, double value) {
    if (Double.isFinite(value)) {
      node.put(name, value);
    } else {
      node.putNull(name);
    }
  }
}
