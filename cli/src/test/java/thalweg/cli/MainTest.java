package thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import thalweg.lab.data.BuiltInData;

class MainTest {
  @Test
  void withoutACommandTheHelpTeachesWhereToStart() {
    assertThat(Ran.thalweg().output())
        .isEqualTo(Ran.thalweg("--help").output())
        .contains("./thalweg compare digits")
        .contains("Exit codes: 0 done, 1 the thing asked about is not so, 2 bad input.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"compare", "list", "explain", "replay", "bench"})
  void everyCommandHasHelpWithItsCommonOptions(String command) {
    assertThat(Ran.thalweg(command, "--help").output())
        .startsWith("Usage: thalweg " + command)
        .contains("--threads", "--seed", "--quiet", "--debug", "Examples:")
        .isEqualTo(Ran.thalweg(command, "-h").output());
  }

  @Test
  void theHelpOfCompareNamesEveryDataSet() {
    assertThat(Ran.thalweg("compare", "--help").output())
        .contains(BuiltInData.names().stream().map(name -> "\n  " + name + " ").toList());
  }

  @Test
  void theVersionIsOneLine() {
    assertThat(Ran.thalweg("--version").output().lines()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "compara            | unknown command 'compara', did you mean 'compare'?; see thalweg"
            + " --help",
        "digits             | unknown command 'digits'; see thalweg --help",
        "--fast             | unknown option '--fast'; see thalweg --help",
        "compare --epocs 3  | unknown option '--epocs', did you mean '--epochs'?; see thalweg"
            + " compare --help",
        "explain adam extra | one argument too many, 'extra'; see thalweg explain --help",
        "explain            | Missing required parameter: 'SPEC'; see thalweg explain --help",
        "compare --epochs x | Invalid value for option '--epochs': 'x' is no whole number up to"
            + " 2147483647; see thalweg compare --help",
        "replay             | Missing required parameter: 'FILE'; see thalweg replay --help",
      })
  void wrongUseIsOneLineThatSaysWhereToLook(String args, String line) {
    assertThat(Ran.thalweg(args.split(" ")).refusal()).isEqualTo("thalweg: " + line);
  }

  @Test
  void debugShowsTheStackTraceAndThenTheLine() {
    Ran ran = Ran.thalweg("explain", "nonsense", "--debug");
    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("\tat thalweg.");
    assertThat(ran.err().lines().toList().getLast()).startsWith("thalweg: 'nonsense'");
  }

  @ParameterizedTest
  @CsvSource({
    "0, replay some.json",
    "-1, bench",
    "99999, train",
    "1025, compare",
    "99999999999, list",
    "many, explain adamw",
    "0, schedule constant",
    "0, memory",
    "0, reproduce"
  })
  void threadsAreBoundedInEveryCommand(String threads, String command) {
    String line = command + " --threads=" + threads;
    assertThat(Ran.thalweg(line.split(" ")).refusal())
        .isEqualTo(
            "thalweg: Invalid value for option '--threads': must be a whole number from 1 to 1024, got '%s'; see thalweg %s --help"
                .formatted(threads, command.split(" ")[0]));
  }

  @Test
  void numbersThatAreTooLargeSayHowLargeTheyMayBe() {
    assertThat(Ran.thalweg("compare", "--epochs=99999999999").refusal())
        .contains("'99999999999' is no whole number up to 2147483647");
    assertThat(Ran.thalweg("train", "--seed=99999999999999999999").refusal())
        .contains("is no whole number up to 9223372036854775807");
  }
}
