import org.jspecify.annotations.NullMarked;

/** The command line: options in, text out. What it does lies in the other modules. */
@NullMarked
module thalweg.cli {
  requires info.picocli;
  requires java.management;
  requires jdk.management;
  requires thalweg.lab;
  requires static org.jspecify;

  opens thalweg.cli to
      info.picocli;
}
