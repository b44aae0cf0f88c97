package thalweg.lab.reproduce;

import java.util.List;

/** Claims of the literature and the runs that measure them. */
interface Experiment {
  /** As on the command line. */
  String name();

  /** What it is about, for a heading. */
  String title();

  /** How it is done, in a few sentences. */
  String setup();

  /** Does it. */
  List<Finding> run(Session session);
}
