package thalweg.lab.schedule;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Curves as JSON, format {@code schedules/1}: every value, in full precision. */
public final class CurvesJson {
  /** The format this writes. */
  public static final String FORMAT = "schedules/1";

  private CurvesJson() {}

  /** The text. */
  public static String of(Curves curves) {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode root = mapper.createObjectNode().put("format", FORMAT).put("steps", curves.steps());
    if (curves.stepsPerEpoch() > 0) {
      root.put("steps_per_epoch", curves.stepsPerEpoch());
    } else {
      root.putNull("steps_per_epoch");
    }
    ArrayNode list = root.putArray("schedules");
    for (int i = 0; i < curves.list().size(); i++) {
      Curve curve = curves.list().get(i);
      ObjectNode one =
          list.addObject()
              .put("label", curve.label())
              .put("of", curve.of())
              .put("schedule", curve.schedule().toString())
              .put("base", curve.base());
      ArrayNode values = one.putArray("values");
      for (double value : curves.values().get(i)) {
        values.add(value);
      }
    }
    return root.toString();
  }
}
