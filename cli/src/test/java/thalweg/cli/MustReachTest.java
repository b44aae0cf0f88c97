package thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What training must reach, as a user would ask for it. Times are printed, and not judged. */
@DisplayName("train reaches")
class MustReachTest {
  private static final int TEXT_BYTES = 1_000_000;

  @TempDir Path folder;

  @Test
  void ninetyEightPercentOfTheDigitsWithEveryDefault() throws IOException {
    assertThat(accuracy(train("--data=digits"))).isBetween(0.98, 1.0);
  }

  @Test
  void ninetyFivePercentOfTheDigitsRowByRow() throws IOException {
    JsonNode result = train("--data=digits:rows", "--optimizer=adamw(lr=3e-3)", "--epochs=30");
    assertThat(accuracy(result)).isBetween(0.95, 1.0);
  }

  @Test
  void lessThanTheCountsOfCharactersOnAMegabyteOfText() throws IOException {
    Path text = Files.write(folder.resolve("text.txt"), sources());
    JsonNode result =
        train(
            "--text=" + text,
            "--model=lstm(hidden=64)",
            "--optimizer=adamw(lr=5e-3)",
            "--clip=1",
            "--batch=16",
            "--epochs=1",
            "--sample=0");
    double baseline = result.at("/language/baseline_validation_perplexity").doubleValue();
    assertThat(baseline).as("of the counts of what follows two characters").isBetween(2.0, 20.0);
    assertThat(result.at("/validation/perplexity").doubleValue()).isBetween(1.0, 0.95 * baseline);
  }

  private static double accuracy(JsonNode result) {
    return result.at("/validation/accuracy").doubleValue();
  }

  private JsonNode train(String... options) throws IOException {
    Path json = folder.resolve("result.json");
    List<String> command = new ArrayList<>(List.of("train"));
    command.addAll(List.of(options));
    command.addAll(List.of("--quiet", "--run=" + folder.resolve("run"), "--json=" + json));
    String said = Ran.thalweg(command.toArray(String[]::new)).output();
    assertThat(said).containsPattern("\ntime .* steps in .* s; the optimizer took .* % of them");
    JsonNode result = new ObjectMapper().readTree(json.toFile());
    assertThat(result.path("ending").asText()).isEqualTo("completed");
    return result;
  }

  /** The first megabyte of this project's own sources, which every checkout has. */
  private static byte[] sources() throws IOException {
    Path root = Path.of(System.getProperty("basedir", "."), "..");
    StringBuilder text = new StringBuilder();
    for (String module : List.of("core", "kernels-vector", "checkpoint", "torch", "lab")) {
      try (Stream<Path> files = Files.walk(root.resolve(module).resolve("src/main/java"))) {
        for (Path file :
            files.filter(path -> path.toString().endsWith(".java")).sorted().toList()) {
          text.append(Files.readString(file));
        }
      }
    }
    byte[] all = text.toString().getBytes(StandardCharsets.US_ASCII);
    assertThat(all.length).isGreaterThan(TEXT_BYTES);
    return Arrays.copyOf(all, TEXT_BYTES);
  }
}
