package thalweg.lab.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import thalweg.checkpoint.Checkpoints;
import thalweg.checkpoint.Failures;
import thalweg.lab.BadInput;
import thalweg.lab.SafeFile;

/** The folder of one run: its settings, checkpoints, log, weights and result. */
public record RunFolder(Path path) {
  private static final String FORMAT = "settings/1";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /**
   * Makes the folder of a new run and writes its settings into it.
   *
   * @param asked the folder; where it is empty, one below {@code runs} with the name that is free
   * @throws BadInput if there is a run in it already, or it cannot be made
   */
  static RunFolder begin(Optional<Path> asked, String name, TrainSettings settings) {
    RunFolder folder = new RunFolder(asked.orElseGet(() -> free(Path.of("runs"), name)));
    if (folder.isUsed()) {
      throw new BadInput(
          "there is a run in %s already; go on with --resume %s, or give another folder with --run"
              .formatted(folder.path, folder.path));
    }
    try {
      Files.createDirectories(folder.path);
    } catch (IOException e) {
      throw new BadInput(String.valueOf(Failures.cannotWrite(folder.path, e).getMessage()), e);
    }
    folder.write(settings);
    return folder;
  }

  private static Path free(Path parent, String name) {
    Path free = parent.resolve(name);
    for (int i = 2; Files.exists(free); i++) {
      free = parent.resolve(name + "-" + i);
    }
    return free;
  }

  /** One that ended before its first checkpoint may be begun again. */
  private boolean isUsed() {
    return !Checkpoints.in(checkpoints()).files().isEmpty() || Files.exists(last());
  }

  Path settings() {
    return path.resolve("settings.json");
  }

  /** Where the checkpoints lie. */
  public Path checkpoints() {
    return path.resolve("checkpoints");
  }

  /** The run log, a JSON object a line. */
  public Path log() {
    return path.resolve("log.jsonl");
  }

  /** Where event files for TensorBoard lie. */
  public Path tensorBoard() {
    return path.resolve("tensorboard");
  }

  /** The weights with the lowest validation loss after an epoch. */
  public Path best() {
    return path.resolve("best.safetensors");
  }

  /** The weights the run ended with. */
  public Path last() {
    return path.resolve("last.safetensors");
  }

  void write(TrainSettings settings) {
    ObjectNode root = MAPPER.createObjectNode().put("format", FORMAT);
    ObjectNode options = root.putObject("options");
    settings.absolute().byName().forEach(options::put);
    SafeFile.write(settings(), (root.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The settings of the run.
   *
   * @throws BadInput if there is no run
   */
  TrainSettings read() {
    try {
      JsonNode root = MAPPER.readTree(Files.readAllBytes(settings()));
      if (!root.path("format").asText().equals(FORMAT) || !root.path("options").isObject()) {
        throw new BadInput(
            "%s is not of the format %s; begin a new run with --run".formatted(settings(), FORMAT));
      }
      Map<String, String> options = new LinkedHashMap<>();
      root.path("options")
          .properties()
          .forEach(e -> options.put(e.getKey(), e.getValue().asText()));
      return TrainSettings.of(options);
    } catch (JsonProcessingException e) {
      throw new BadInput(
          "%s is damaged: %s; begin a new run with --run"
              .formatted(settings(), e.getOriginalMessage()),
          e);
    } catch (IOException e) {
      throw new BadInput(
          "there is no run in %s (no settings.json); give the folder of a run, or begin one with --run"
              .formatted(path),
          e);
    }
  }
}
