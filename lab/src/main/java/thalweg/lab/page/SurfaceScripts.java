package thalweg.lab.page;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The scripts that show a surface from above and in three dimensions, with walks over it that can
 * be played. They need {@code page} and, in three dimensions, {@link Three}.
 */
public final class SurfaceScripts {
  /** Each after those that it needs. */
  private static final List<String> NAMES =
      List.of(
          "surface",
          "ways",
          "surface-shown",
          "signs",
          "map-window",
          "map-axes",
          "map-hand",
          "surface-map",
          "solid-camera",
          "solid-sight",
          "solid-ground",
          "solid-lines",
          "solid-words",
          "surface-3d",
          "tip",
          "player");

  private SurfaceScripts() {}

  /** All of them as one script. */
  public static String script() {
    return NAMES.stream()
        .map(name -> Page.resource("/thalweg/lab/page/" + name + ".js"))
        .collect(Collectors.joining("\n"));
  }
}
