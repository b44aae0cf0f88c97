package thalweg.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the account says is what a process grows by, as seen from outside the library. */
class NativeMemoryTest {
  /** Each buffer begins at a multiple of 64 bytes, behind what malloc keeps for itself. */
  private static final long ALIGNMENT = 16_384;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "sgd, FLOAT32, FLOAT32, 8", // parameters and gradients
    "adam, FLOAT32, FLOAT32, 16", // and two states
    "adafactor, FLOAT32, FLOAT32, 8", // and next to nothing
    "nag, FLOAT32, FLOAT32, 16", // a velocity, and the way back from the look-ahead
    "adam, BFLOAT16, FLOAT32, 16", // 2 + 2 + 4 + 4 + 4
    "adam, BFLOAT16, FLOAT8, 10", // 2 + 2 + 4 + 1 + 1
  })
  void theProcessGrowsByWhatIsComputed(String spec, String parameters, String states, int each)
      throws IOException, InterruptedException {
    Map<String, Long> grown = run(spec, parameters, states);
    long computed = grown.getOrDefault("computed", -1L);
    assertThat((double) computed / (16 << 20)).isEqualTo(each, within(0.1));
    assertThat(grown.getOrDefault("optimizer", -1L))
        .isEqualTo(grown.getOrDefault("allocated", -2L));
    assertThat(grown.getOrDefault("tracked", -1L)).isBetween(computed, computed + ALIGNMENT);
    if (Files.exists(Path.of("/proc/self/status"))) {
      assertThat((double) grown.getOrDefault("resident", -1L))
          .isEqualTo(computed, within(0.02 * computed));
    }
  }

  private Map<String, Long> run(String... args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-Xms64m",
            "-Xmx64m",
            "-XX:+AlwaysPreTouch", // the heap is in memory from the start
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1", // the optimizing compiler needs memory of its own
            "-XX:MaxDirectMemorySize=2g",
            "-XX:NativeMemoryTracking=summary"));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), NativeMemory.class.getName()));
    command.addAll(List.of(args));
    Path out = folder.resolve("out");
    int exit =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start()
            .waitFor();
    String text = Files.readString(out);
    assertThat(exit).as(text).isZero();
    Map<String, Long> numbers = new HashMap<>();
    for (String line : text.lines().toList()) {
      int space = line.indexOf(' ');
      numbers.put(line.substring(0, space), Long.parseLong(line.substring(space + 1)));
    }
    return numbers;
  }
}
