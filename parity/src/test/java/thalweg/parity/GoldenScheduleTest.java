package thalweg.parity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import thalweg.formula.Clock;
import thalweg.formula.Schedule;
import thalweg.text.Specs;

/** Every schedule takes the values that PyTorch's has taken. */
class GoldenScheduleTest {
  private static final double ERROR = 1e-12;

  private static final Path BASE =
      Path.of(System.getProperty("basedir", ".")).toAbsolutePath().normalize();
  private static final Path OWN = BASE.resolve("src/test/resources/golden/schedules");
  private static final Path SHARED = BASE.resolve("../../shared/golden/schedules").normalize();

  /** Our copies, and the shared files where that folder exists. */
  static List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>(json(OWN));
    files.addAll(json(SHARED));
    return files;
  }

  private static List<Path> json(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  @Test
  void theFilesAreThere() throws IOException {
    assertThat(json(OWN)).hasSizeGreaterThanOrEqualTo(11);
  }

  @ParameterizedTest
  @MethodSource("files")
  void theRecordedRatesAreReached(Path path) throws IOException {
    JsonNode file = new ObjectMapper().readTree(path.toFile());
    List<String> arguments = new ArrayList<>();
    file.path("config")
        .properties()
        .forEach(entry ->
            arguments.add(entry.getKey() + "=" + entry.getValue().toString().replace("\"", "")));
    Schedule schedule =
        Specs.parseSchedule(
            "%s(%s)".formatted(file.path("schedule").asText(), String.join(", ", arguments)));
    assertThat(Specs.parseSchedule(schedule.toString())).isEqualTo(schedule);
    Clock clock = new Clock();
    clock.follow(schedule);
    JsonNode lr = file.path("lr");
    assertThat(lr.size()).isPositive();
    for (int k = 0; k < lr.size(); k++) {
      if (file.has("metrics")) {
        clock.report(file.path("metrics").path(k).doubleValue());
      }
      double rate = schedule.at(file.path("base_lr").doubleValue(), k, clock);
      double error = Math.abs(rate - lr.path(k).doubleValue());
      if (!(error <= ERROR)) {
        throw new AssertionError(
            "%s: update %d has %s, recorded %s, error %s"
                .formatted(path.getFileName(), k + 1, rate, lr.path(k), error));
      }
    }
  }
}
