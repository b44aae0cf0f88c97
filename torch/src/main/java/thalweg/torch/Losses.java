package thalweg.torch;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The losses of {@link Loss}, and their text forms. */
final class Losses {
  private static final int MEAN = 1; // at::Reduction::Mean
  private static final Pattern FORM = Pattern.compile("\\s*(\\w+)\\s*(?:\\((.*)\\))?\\s*");

  private Losses() {}

  record MeanSquaredError() implements Loss {
    @Override
    public Tensor apply(Tensor outputs, Tensor targets) {
      return torch.mse_loss(Loss.inFloat32(outputs), targets);
    }

    @Override
    public int outputs(Targets targets) {
      return ofValues(this, targets);
    }

    @Override
    public String text() {
      return "mse";
    }
  }

  record MeanAbsoluteError() implements Loss {
    @Override
    public Tensor apply(Tensor outputs, Tensor targets) {
      return torch.l1_loss(Loss.inFloat32(outputs), targets);
    }

    @Override
    public int outputs(Targets targets) {
      return ofValues(this, targets);
    }

    @Override
    public String text() {
      return "mae";
    }
  }

  record Huber(double delta) implements Loss {
    Huber {
      if (!(delta > 0 && Double.isFinite(delta))) {
        throw new IllegalArgumentException("huber.delta must be positive, got " + delta);
      }
    }

    @Override
    public Tensor apply(Tensor outputs, Tensor targets) {
      return torch.huber_loss(Loss.inFloat32(outputs), targets, MEAN, delta);
    }

    @Override
    public int outputs(Targets targets) {
      return ofValues(this, targets);
    }

    @Override
    public String text() {
      return "huber(delta=" + delta + ")";
    }
  }

  record BinaryCrossEntropy() implements Loss {
    @Override
    public Tensor apply(Tensor outputs, Tensor targets) {
      Tensor wide = Loss.inFloat32(outputs).flatten();
      return torch.binary_cross_entropy_with_logits(wide, targets.flatten().to(wide.scalar_type()));
    }

    @Override
    public int outputs(Targets targets) {
      return ofTwoClasses(this, targets);
    }

    @Override
    public String text() {
      return "binary_cross_entropy";
    }
  }

  private static int ofValues(Loss loss, Targets targets) {
    if (targets instanceof Targets.Values) {
      return 1;
    }
    throw new IllegalArgumentException(
        "%s needs numbers, the targets are classes; use cross_entropy".formatted(loss.text()));
  }

  private static int ofTwoClasses(Loss loss, Targets targets) {
    if (targets instanceof Targets.Classes(_, int classes) && classes == 2) {
      return 1;
    }
    throw new IllegalArgumentException(
        "%s needs two classes, the targets are %s; use %s"
            .formatted(
                loss.text(),
                targets instanceof Targets.Values ? "numbers" : targets.outputs() + " classes",
                targets instanceof Targets.Values ? "mse, mae or huber" : "cross_entropy"));
  }

  static Loss parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw unknown(text);
    }
    Map<String, Double> arguments = arguments(text, form.group(2));
    Loss loss =
        switch (form.group(1)) {
          case "mse" -> Loss.meanSquaredError();
          case "mae" -> Loss.meanAbsoluteError();
          case "huber" -> Loss.huber(take(arguments, "delta", 1));
          case "cross_entropy" ->
              Loss.crossEntropy().labelSmoothing(take(arguments, "label_smoothing", 0));
          case "binary_cross_entropy" -> Loss.binaryCrossEntropy();
          case "perceptron" -> Loss.perceptron();
          default -> throw unknown(text);
        };
    if (!arguments.isEmpty()) {
      throw new IllegalArgumentException(
          "loss '%s' has no %s".formatted(text, String.join(", ", arguments.keySet())));
    }
    return loss;
  }

  private static double take(Map<String, Double> arguments, String name, double otherwise) {
    Double value = arguments.remove(name);
    return value == null ? otherwise : value;
  }

  private static Map<String, Double> arguments(String text, String inside) {
    Map<String, Double> arguments = new LinkedHashMap<>();
    if (inside == null || inside.isBlank()) {
      return arguments;
    }
    for (String part : inside.split(",", -1)) {
      int equals = part.indexOf('=');
      try {
        arguments.put(
            part.substring(0, Math.max(0, equals)).strip(),
            Double.parseDouble(part.substring(equals + 1).strip()));
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "loss '%s': '%s' is not name=number, as in huber(delta=1)"
                .formatted(text, part.strip()),
            e);
      }
    }
    return arguments;
  }

  private static IllegalArgumentException unknown(String text) {
    return new IllegalArgumentException(
        "loss must be mse, mae, huber(delta=1), cross_entropy(label_smoothing=0.1), binary_cross_entropy or perceptron, got '%s'"
            .formatted(text));
  }
}
