package thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * What a command line did, run within the test's JVM.
 *
 * @param exit its exit code
 * @param out standard output
 * @param err standard error, without progress
 */
record Ran(int exit, String out, String err) {
  static Ran thalweg(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    return new Ran(exit, out.toString(), err.toString());
  }

  /** Exit code 0 and nothing on standard error; gives standard output. */
  String output() {
    assertThat(err).isEmpty();
    assertThat(exit).isZero();
    return out;
  }

  /** Exit code 2, nothing on standard output, and one line on standard error, which it gives. */
  String refusal() {
    assertThat(out).isEmpty();
    assertThat(err).startsWith("thalweg: ").endsWith("\n").doesNotContain("\tat ");
    assertThat(err.strip().lines()).hasSize(1);
    assertThat(exit).as(err).isEqualTo(2);
    return err.strip();
  }
}
