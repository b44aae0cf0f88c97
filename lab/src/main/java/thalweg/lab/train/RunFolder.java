package thalweg.lab.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import thalweg.checkpoint.Checkpoints;
import thalweg.checkpoint.Failures;
import thalweg.lab.BadInput;
import thalweg.lab.CommandText;
import thalweg.lab.SafeFile;

/** The folder of one run: its settings, checkpoints, log, weights and result. */
public record RunFolder(Path path) {
  private static final String FORMAT = "settings/1";
  private static final Path RUNS = Path.of("runs");
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /**
   * Refuses early, before the data are read, a place where no run can begin.
   *
   * @throws BadInput if it is a file, or there is a run in it
   */
  static RunFolder checked(Path asked) {
    RunFolder folder = new RunFolder(asked);
    if (Files.exists(asked) && !Files.isDirectory(asked)) {
      throw new BadInput(
          "--run %s is a file; give a folder, which is made where there is none".formatted(asked));
    }
    if (folder.isUsed()) {
      throw new BadInput(
          "there is a run in %s already; go on with --resume %s, or give another folder with --run"
              .formatted(asked, CommandText.quoted(asked)));
    }
    return folder;
  }

  /**
   * Makes the folder of a new run.
   *
   * @param asked the folder; where it is empty, one below {@code runs} with the name that is free
   * @throws BadInput if it cannot be made
   */
  static RunFolder make(Optional<Path> asked, String name) {
    try {
      return new RunFolder(
          asked.isPresent() ? Files.createDirectories(asked.get()) : free(RUNS, name));
    } catch (IOException e) {
      Path wanted = asked.orElseGet(() -> RUNS.resolve(name));
      throw new BadInput(String.valueOf(Failures.cannotWrite(wanted, e).getMessage()), e);
    }
  }

  /** Made here, so that no other process takes it too. */
  private static Path free(Path parent, String name) throws IOException {
    Files.createDirectories(parent);
    for (int i = 1; ; i++) {
      try {
        return Files.createDirectory(parent.resolve(i == 1 ? name : name + "-" + i));
      } catch (FileAlreadyExistsException _) {
        continue;
      }
    }
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
    if (Files.isRegularFile(path)) {
      throw new BadInput("%s is a file; give the folder of a run".formatted(path));
    }
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
