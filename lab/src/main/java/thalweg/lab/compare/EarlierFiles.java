package thalweg.lab.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import thalweg.torch.Batching;

/** Fields that the format gained, filled in where a file was written without them. */
final class EarlierFiles {
  private EarlierFiles() {}

  /** Changes the tree of a comparison; one that is broken stays so. */
  static void complete(JsonNode comparison) {
    if (comparison.path("settings") instanceof ObjectNode settings && !settings.has("regimes")) {
      String hidden = settings.path("hidden").toString();
      settings.put("model", hidden.equals("[]") ? "linear" : "mlp(hidden=%s)".formatted(hidden));
      ObjectNode regime = settings.putArray("regimes").addObject();
      regime.put("batching", batching(settings).text());
      regime.set("batch", settings.get("batch"));
      regime.set("steps_per_epoch", settings.get("steps_per_epoch"));
      regime.putArray("updates");
    }
    String only = comparison.path("settings").path("regimes").path(0).path("batching").asText();
    for (JsonNode optimizer : comparison.path("optimizers")) {
      if (optimizer instanceof ObjectNode fields) {
        complete(fields, only);
      }
    }
  }

  private static void complete(ObjectNode optimizer, String regime) {
    if (!optimizer.has("memory")) {
      optimizer.putNull("memory");
    }
    if (!optimizer.has("regime")) {
      optimizer.set("optimizer", optimizer.get("id"));
      optimizer.put("regime", regime);
    }
    for (JsonNode run : optimizer.path("runs")) {
      if (run instanceof ObjectNode fields && !fields.has("update_loss")) {
        fields.putArray("update_loss");
      }
    }
  }

  private static Batching batching(JsonNode settings) {
    return switch (settings.path("regime").asText()) {
      case "full batch" -> new Batching.Full();
      case "single sample" -> new Batching.One();
      default -> new Batching.Mini(Math.max(1, settings.path("batch").asInt()));
    };
  }
}
