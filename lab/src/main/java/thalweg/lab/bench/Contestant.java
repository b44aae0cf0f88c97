package thalweg.lab.bench;

/** Something whose steps are timed. */
interface Contestant extends AutoCloseable {
  /** Its name in the table. */
  String name();

  /** One update of all parameters. */
  void step();

  /** Frees what it holds. */
  @Override
  void close();
}
