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
        "compare --epochs x | Invalid value for option '--epochs': 'x' is not an int; see thalweg"
            + " compare --help",
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
  @ValueSource(strings = {"replay", "bench", "compare"})
  void threadsMustBePositive(String command) {
    String[] args =
        command.equals("replay")
            ? new String[] {command, "some.json", "--threads", "0"}
            : new String[] {command, "--threads", "0"};
    assertThat(Ran.thalweg(args).refusal())
        .isEqualTo("thalweg: --threads must be at least 1, got 0");
  }
}
