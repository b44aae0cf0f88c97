package thalweg.lab.reproduce;

/** Makes training runs. */
@FunctionalInterface
interface Runner {
  Trace run(Trial trial, long seed);
}
