import org.jspecify.annotations.NullMarked;

/** Experiments: data sets, comparisons, their results as JSON, as a table and as a report. */
@NullMarked
module thalweg.lab {
  requires com.fasterxml.jackson.databind;
  requires de.siegmar.fastcsv;
  requires hipparchus.core;
  requires java.desktop;
  requires jdk.httpserver;
  requires thalweg.checkpoint;
  requires transitive thalweg.core;
  requires transitive thalweg.torch;
  requires static transitive org.jspecify;

  exports thalweg.lab;
  exports thalweg.lab.bench;
  exports thalweg.lab.catalogue;
  exports thalweg.lab.compare;
  exports thalweg.lab.data;
  exports thalweg.lab.data.text;
  exports thalweg.lab.memory;
  exports thalweg.lab.page;
  exports thalweg.lab.picture;
  exports thalweg.lab.replay;
  exports thalweg.lab.reproduce;
  exports thalweg.lab.schedule;
  exports thalweg.lab.serve;
  exports thalweg.lab.serve.http;
  exports thalweg.lab.surface;
  exports thalweg.lab.trace;
  exports thalweg.lab.trace.page;
  exports thalweg.lab.train;

  // Jackson reads and writes the records of results.
  opens thalweg.lab.compare to
      com.fasterxml.jackson.databind;
  opens thalweg.lab.reproduce to
      com.fasterxml.jackson.databind;
}
