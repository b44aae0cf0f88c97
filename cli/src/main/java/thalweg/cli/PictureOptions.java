package thalweg.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import thalweg.lab.BadInput;
import thalweg.lab.Places;
import thalweg.lab.Progress;
import thalweg.lab.picture.Paper;
import thalweg.lab.picture.Pictures;
import thalweg.lab.picture.View;
import thalweg.lab.trace.Trace;

/** The options of pictures for slides. */
final class PictureOptions {
  @Option(
      names = "--picture",
      paramLabel = "FILE",
      description = "A still picture too, .svg or .png by the name's ending.")
  private @Nullable Path picture;

  @Option(
      names = "--animation",
      paramLabel = "FILE.gif",
      description = "The walks growing too, as an animation of some seconds.")
  private @Nullable Path animation;

  @Option(
      names = "--view",
      paramLabel = "LIST",
      description = "What both show beside one another: map, 3d, loss (default: map).")
  private @Nullable String view;

  @Option(names = "--dark", description = "Both on dark paper.")
  private boolean dark;

  /** Whether any is to be written. */
  boolean any() {
    return picture != null || animation != null;
  }

  /**
   * Looks at the options and their files before the work.
   *
   * @throws BadInput if one cannot be a picture, or options are about none
   */
  void check(Places places) {
    if (picture != null) {
      Pictures.checkStill(picture);
    }
    if (animation != null) {
      Pictures.checkAnimation(animation);
    }
    places.file("--picture", picture).file("--animation", animation);
    if (!any() && (view != null || dark)) {
      throw new BadInput(
          "%s is about --picture and --animation; give one of them"
              .formatted(dark ? "--dark" : "--view"));
    }
    views();
  }

  /** Writes what was asked for; says what and where, a line for each. */
  List<String> write(Trace trace, Progress.Look look) {
    Paper paper = dark ? Paper.DARK : Paper.LIGHT;
    List<String> written = new ArrayList<>();
    if (picture != null) {
      Pictures.writeStill(picture, trace, views(), paper);
      written.add("picture: " + picture);
    }
    if (animation != null) {
      Pictures.writeAnimation(animation, trace, views(), paper, look);
      written.add("animation: " + animation);
    }
    return written;
  }

  private List<View> views() {
    return view == null ? List.of(View.MAP) : View.list(view);
  }
}
