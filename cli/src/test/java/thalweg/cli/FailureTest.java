package thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import thalweg.formula.FormulaException;
import thalweg.lab.BadInput;
import thalweg.text.SpecException;
import thalweg.torch.LibtorchUnavailableException;

/** What a command that fails says, and the exit code it gives. */
class FailureTest {
  static Stream<RuntimeException> whatTheUserCanPutRight() {
    return Stream.of(
        new BadInput("it\nis\r\nso"),
        new SpecException("it\nis so"),
        new FormulaException("it is\nso"),
        new LibtorchUnavailableException("it is so\n", new IllegalStateException()));
  }

  @ParameterizedTest
  @MethodSource("whatTheUserCanPutRight")
  void whatTheUserCanPutRightIsItsMessageOnOneLine(RuntimeException e) {
    assertThat(ranInto(e)).isEqualTo(new Ran(2, "", "thalweg: it is so\n"));
  }

  @ParameterizedTest
  @MethodSource("whatIsOurs")
  void whatIsOursIsNotDisguisedAsBadInput(RuntimeException e) {
    assertThat(ranInto(e))
        .isEqualTo(
            new Ran(
                70,
                "",
                "thalweg: this is a bug in Thalweg (%s: oh no); run again with --debug and report it\n"
                    .formatted(e.getClass().getName())));
  }

  static Stream<RuntimeException> whatIsOurs() {
    return Stream.of(
        new IllegalArgumentException("oh\nno"),
        new IllegalStateException("oh no"),
        new NullPointerException("oh no"));
  }

  @Test
  void aBugsLineIsNotAsLongAsLibtorchsStack() {
    Ran ran = ranInto(new IllegalStateException("x".repeat(10_000)));
    assertThat(ran.err())
        .hasSizeLessThan(500)
        .endsWith("x…); run again with --debug and report it\n");
  }

  @Test
  void tooLittleMemoryIsSaid() {
    assertThat(ranInto(new OutOfMemoryError("Java heap space")).err())
        .isEqualTo(
            "thalweg: not enough memory (Java heap space); ask for less, or give more, as in"
                + " THALWEG_JAVA_OPTS='-Xmx4g -XX:MaxDirectMemorySize=8g' where the machine has"
                + " it\n");
  }

  private static Ran ranInto(Throwable failure) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commandLine =
        Main.commandLine()
            .addSubcommand("broken", new Broken(failure))
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    int exit = Main.run(commandLine, "broken");
    return new Ran(exit, out.toString(), err.toString());
  }

  @Command(name = "broken")
  private record Broken(Throwable failure) implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
      switch (failure) {
        case Error error -> throw error;
        case Exception exception -> throw exception;
        case Throwable other -> throw new AssertionError(other);
      }
    }
  }
}
