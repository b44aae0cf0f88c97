package thalweg.lab.picture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import thalweg.lab.BadInput;

/** What a picture can show, beside one another. */
public enum View {
  MAP("map"),
  SURFACE("3d"),
  LOSS("loss");

  private final String text;

  View(String text) {
    this.text = text;
  }

  /** As users name it. */
  public String text() {
    return text;
  }

  /**
   * Reads names with commas between them, such as {@code map,loss}.
   *
   * @throws BadInput if one is not a view or comes twice
   */
  public static List<View> list(String text) {
    List<View> views = new ArrayList<>();
    for (String name : text.split(",", -1)) {
      View view =
          Arrays.stream(values())
              .filter(v -> v.text.equals(name.strip()))
              .findFirst()
              .orElseThrow(() ->
                  new BadInput(
                      "there is no view '%s'; views are %s, with commas between them"
                          .formatted(
                              name.strip(),
                              String.join(
                                  ", ", Arrays.stream(values()).map(View::text).toList()))));
      if (views.contains(view)) {
        throw new BadInput("the view %s comes twice; name each once".formatted(view.text));
      }
      views.add(view);
    }
    return views;
  }
}
