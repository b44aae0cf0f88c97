package thalweg.lab.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import thalweg.lab.BadInput;

class TrainSettingsTest {
  @Test
  void everyDefaultIsAValueItsOptionTakes() {
    Stream.of(TrainOption.values())
        .forEach(option ->
            option
                .standard()
                .ifPresent(
                    value -> assertThat(option.kind().takes(value)).as(option.id()).isTrue()));
  }

  @ParameterizedTest
  @CsvSource({
    "epochs, 0, a whole number from 1 to 2147483647",
    "epochs, 2.5, a whole number from 1 to 2147483647",
    "sample, -1, a whole number from 0 to 2147483647",
    "clip, 0, a finite number above 0",
    "clip, Infinity, a finite number above 0",
    "ema, NaN, a number above 0 and below 1",
    "test-share, 1, a number of at least 0 and below 1",
    "class-weights, yes, true or false",
    "seed, 1e3, a whole number of 64 bits",
    "model, ' ', text"
  })
  void whatAnOptionDoesNotTakeIsNamed(String name, String value, String wanted) {
    assertThatThrownBy(() -> TrainSettings.of(Map.of(name, value)))
        .isInstanceOf(BadInput.class)
        .hasMessage("--%s must be %s, got '%s'".formatted(name, wanted, value));
  }

  @Test
  void aFolderGivesBackTheSettingsOfItsRunWithWholePaths(@TempDir Path folder) {
    TrainSettings settings =
        TrainSettings.of(Map.of("csv", "a.csv", "target", "y", "--epochs", "3", "seed", "-7"));
    RunFolder run = RunFolder.make(Optional.of(folder.resolve("run")), "");
    run.write(settings);
    assertThat(run.read())
        .isEqualTo(settings.with(TrainOption.CSV, Path.of("a.csv").toAbsolutePath().toString()));
  }

  @Test
  void aRunGoesOnWithMoreEpochsAndNothingElse(@TempDir Path folder) {
    TrainSettings settings = TrainSettings.of(Map.of("data", "iris", "epochs", "3"));
    assertThat(settings.goingOn(TrainSettings.of(Map.of("epochs", "5")), folder))
        .isEqualTo(TrainSettings.of(Map.of("data", "iris", "epochs", "5")));
    assertThat(
            settings
                .goingOn(TrainSettings.of(Map.of("batch", "32")), folder)
                .count(TrainOption.BATCH))
        .hasValue(32); // the default, said
    assertThatThrownBy(() -> settings.goingOn(TrainSettings.of(Map.of("clip", "1")), folder))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("--clip was not given, here it is 1; leave it out");
    assertThatThrownBy(() -> settings.goingOn(TrainSettings.of(Map.of("run", "x")), folder))
        .isInstanceOf(BadInput.class)
        .hasMessage("--run begins a run and --resume goes on with one; give one of them");
  }

  @Test
  void aDamagedOrStrangeFolderIsSaid(@TempDir Path folder) throws Exception {
    RunFolder run = new RunFolder(folder);
    Files.writeString(run.settings(), "{\"format\": ");
    assertThatThrownBy(run::read).isInstanceOf(BadInput.class).hasMessageContaining("is damaged: ");
    Files.writeString(run.settings(), "{\"format\": \"settings/2\", \"options\": {}}");
    assertThatThrownBy(run::read)
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("is not of the format settings/1");
    Files.writeString(run.settings(), "{\"format\": \"settings/1\", \"options\": {\"x\": \"1\"}}");
    assertThatThrownBy(run::read)
        .isInstanceOf(BadInput.class)
        .hasMessage("train has no option 'x'");
  }
}
