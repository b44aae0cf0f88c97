package thalweg.lab.serve.play;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import thalweg.formula.Hyperparameters.Component;
import thalweg.formula.Range;

/**
 * How a hyperparameter is set by hand, read off its type, range and default: the range a slider
 * covers, and whether even moves of it are differences, ratios, or ratios of the distance to 1.
 */
final class Slider {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final double DECADES = 1e4;
  private static final double NEAR_ONE = 0.9999;

  private static final double JUST_ABOVE = 1.001;

  /** In the middle where the default is 0, from which no ratio departs. */
  private static final double SMALL = 1e-2;

  /** The rate's own range, whatever its default: rules differ by decades in the rate they like. */
  private static final double LOWEST_RATE = 1e-6;

  private static final double HIGHEST_RATE = 100;

  private Slider() {}

  /** As JSON: {@code name}, {@code scale}, and what that needs. */
  static ObjectNode of(Component component) {
    ObjectNode json = MAPPER.createObjectNode().put("name", component.name());
    Class<?> type = component.type();
    if (type == boolean.class) {
      return json.put("scale", "flag");
    }
    if (type.isEnum()) {
      ArrayNode choices = json.put("scale", "choice").putArray("choices");
      for (Object choice : type.getEnumConstants()) {
        choices.add(choice.toString().toLowerCase(Locale.ROOT));
      }
      return json;
    }
    if (!component.isNumber() || component.optional()) {
      return json.put("scale", "text");
    }
    Range range = Range.of(component.range());
    double standard =
        component.standard().isEmpty() ? Double.NaN : Double.parseDouble(component.standard());
    return type == double.class ? number(json, range, standard) : whole(json, range, standard);
  }

  private static ObjectNode whole(ObjectNode json, Range range, double standard) {
    double low = Double.isFinite(range.low()) ? range.low() : 0;
    double high =
        Double.isFinite(range.high())
            ? range.high()
            : Math.max(20, standard > 0 ? 10 * standard : 0);
    return bounds(json, "whole", low, high);
  }

  private static ObjectNode number(ObjectNode json, Range range, double standard) {
    String name = json.path("name").asText();
    if (name.equals("lr")) {
      return bounds(json, "ratio", LOWEST_RATE, HIGHEST_RATE);
    }
    boolean mean = name.startsWith("beta") || name.equals("momentum");
    if (range.contains(0) && range.contains(NEAR_ONE) && (mean || isNearOne(range, standard))) {
      return bounds(json, "near_one", 0, NEAR_ONE);
    }
    if (Double.isFinite(range.low()) && Double.isFinite(range.high())) {
      double inset = (range.high() - range.low()) / 1000;
      return bounds(
          json,
          "difference",
          range.lowClosed() ? range.low() : range.low() + inset,
          range.highClosed() ? range.high() : range.high() - inset);
    }
    if (range.low() >= 0) {
      double middle = standard > 0 ? standard : SMALL;
      double least = Math.max(middle / DECADES, range.low());
      json.put("zero", range.contains(0));
      return bounds(
          json,
          "ratio",
          range.contains(least) ? least : least * JUST_ABOVE,
          Math.min(middle * DECADES, range.high()));
    }
    double far = Double.isNaN(standard) || standard == 0 ? 1 : 10 * Math.abs(standard);
    return bounds(json, "difference", Math.max(range.low(), -far), Math.min(range.high(), far));
  }

  /** A share that is close to all: of a running mean, what stays. */
  private static boolean isNearOne(Range range, double standard) {
    return range.high() == 1 && standard >= 0.8;
  }

  private static ObjectNode bounds(ObjectNode json, String scale, double low, double high) {
    return json.put("scale", scale).put("low", low).put("high", high);
  }
}
