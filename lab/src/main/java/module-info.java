import org.jspecify.annotations.NullMarked;

/** Experiments: data sets, comparisons, their results as JSON, as a table and as a report. */
@NullMarked
module thalweg.lab {
  requires com.fasterxml.jackson.databind;
  requires de.siegmar.fastcsv;
  requires static transitive org.jspecify;

  exports thalweg.lab;
  exports thalweg.lab.compare;
  exports thalweg.lab.data;

  // Jackson reads and writes the records of a comparison.
  opens thalweg.lab.compare to
      com.fasterxml.jackson.databind;
}
