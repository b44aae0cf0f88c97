package thalweg.lab.picture;

import org.jspecify.annotations.Nullable;
import thalweg.lab.trace.Stop;
import thalweg.lab.trace.Walk;

/** How a walk stands after so many steps; in the order in which legends say it. */
enum Head {
  /** In the picture. */
  INSIDE("in the map"),

  /** Outside, from where it may come back. */
  OUTSIDE("outside the picture"),

  /** It diverged. */
  LEFT("left for good"),

  /** It ended, for the surface has no finite value or gradient where it went. */
  UNDEFINED("ends where f is undefined");

  private final String words;

  Head(String words) {
    this.words = words;
  }

  /**
   * That of a walk.
   *
   * @param route its part in the picture after so many steps
   */
  static Head of(Walk walk, Route route, int step) {
    Stop stop = stopped(walk, step);
    if (stop == null) {
      return route.exit() == null ? INSIDE : OUTSIDE;
    }
    return switch (stop.why()) {
      case LEFT -> LEFT;
      case UNDEFINED -> UNDEFINED;
    };
  }

  /** Why a walk has ended before its time; null if it has not by then. */
  static @Nullable Stop stopped(Walk walk, int step) {
    Stop stop = walk.stop();
    return stop == null || step < stop.at() ? null : stop;
  }

  /** For legends. */
  String words() {
    return words;
  }
}
