package thalweg.torch.log;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import thalweg.torch.Evaluation;

/** One JSON object on one line, its names in the order they were put. */
final class JsonLine {
  private final StringBuilder text = new StringBuilder("{");

  /** A number that is not finite becomes null. */
  JsonLine put(String name, @Nullable Object value) {
    if (text.length() > 1) {
      text.append(", ");
    }
    text.append(quoted(name)).append(": ").append(json(value));
    return this;
  }

  @Override
  public String toString() {
    return text + "}";
  }

  private static String json(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case Double number -> Double.isFinite(number) ? number.toString() : "null";
      case Number number -> number.toString();
      case Boolean truth -> truth.toString();
      case List<?> list ->
          list.stream().map(JsonLine::json).collect(Collectors.joining(", ", "[", "]"));
      case Map<?, ?> map -> {
        JsonLine object = new JsonLine();
        map.forEach((name, item) -> object.put(String.valueOf(name), item));
        yield object.toString();
      }
      case Evaluation evaluation -> {
        JsonLine object = new JsonLine().put("loss", evaluation.loss());
        evaluation.metrics().forEach(object::put);
        yield object.toString();
      }
      default -> quoted(value.toString());
    };
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      switch (c) {
        case '"', '\\' -> quoted.append('\\').append(c);
        default -> {
          if (c < ' ') {
            quoted.append("\\u%04x".formatted((int) c));
          } else {
            quoted.append(c);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }
}
