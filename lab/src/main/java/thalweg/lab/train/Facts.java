package thalweg.lab.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import thalweg.lab.data.Prepared;
import thalweg.text.Specs;
import thalweg.torch.Form;

/** What a run says of its data. */
final class Facts {
  /** File systems take 255 bytes. */
  private static final int LONGEST_NAME = 60;

  private Facts() {}

  /** Each fact under its name. */
  static Map<String, String> data(Prepared data) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(
        "data",
        "%s: %s; %d rows train, %d validate, %d test"
            .formatted(
                data.name(),
                form(data.form()),
                data.train().rows(),
                data.validation().rows(),
                data.test().rows()));
    facts.put("source", data.source());
    if (!(data.form() instanceof Form.Text) && !data.classes().isEmpty()) {
      facts.put("classes", list(data.classes()));
    }
    if (!data.notes().isEmpty()) {
      facts.put("notes", String.join("\n", data.notes()));
    }
    return facts;
  }

  private static String form(Form form) {
    return switch (form) {
      case Form.Table(int columns) -> "a table of %d columns".formatted(columns);
      case Form.Image(int channels, int height, int width) ->
          "pictures of %d x %d x %d".formatted(channels, height, width);
      case Form.Sequence(int steps, int features) ->
          "sequences of %d steps of %d numbers".formatted(steps, features);
      case Form.Text(int length, int vocabulary) ->
          "windows of %d characters out of %d".formatted(length, vocabulary);
      case Form.Sparse(int entries, int vocabulary) ->
          "sparse vectors of %d numbers, at most %d in a row".formatted(vocabulary, entries);
    };
  }

  private static String list(List<String> classes) {
    int shown = Math.min(20, classes.size());
    return String.join(", ", classes.subList(0, shown))
        + (shown < classes.size() ? ", … (%d)".formatted(classes.size()) : "");
  }

  /** A name for a folder: letters, digits and dashes. */
  static String shortName(String data, String model) {
    String name = data.replaceFirst("\\.[A-Za-z0-9]+$", "") + "-" + Specs.firstName(model);
    return name.substring(0, Math.min(name.length(), LONGEST_NAME))
        .replaceAll("[^\\p{IsAlphabetic}\\p{IsDigit}_-]+", "-");
  }
}
