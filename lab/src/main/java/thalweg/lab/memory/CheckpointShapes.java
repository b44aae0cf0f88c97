package thalweg.lab.memory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import thalweg.checkpoint.CheckpointException;
import thalweg.checkpoint.Safetensors;
import thalweg.checkpoint.TensorEntry;
import thalweg.checkpoint.pytorch.PyTorch;
import thalweg.formula.Extent;
import thalweg.formula.Formula;
import thalweg.lab.BadInput;
import thalweg.print.Explanation;
import thalweg.text.Catalogue;
import thalweg.text.CatalogueEntry;

/**
 * The shapes of the parameters in a checkpoint: of a model as safetensors or as {@code torch.save}
 * writes it, of a run, or of an optimizer's state. Only what a file says of its tensors is read,
 * not the tensors.
 */
final class CheckpointShapes {
  private static final String KIND = "thalweg.kind";
  private static final String MODEL = "model/";
  private static final String MASTER = "master";
  private static final String STATE = "thalweg.optimizer";
  private static final String SCALE = ".scale";
  private static final Set<String> OF_ELEMENTS = ofElements();
  private static final List<String> STATISTICS =
      List.of("running_mean", "running_var", "num_batches_tracked");

  private final Path file;
  private final Map<String, List<Long>> shapes = new LinkedHashMap<>();
  private int statistics;

  private CheckpointShapes(Path file) {
    this.file = file;
  }

  static Trained of(Path file) {
    CheckpointShapes found = new CheckpointShapes(file);
    try {
      if (found.isArchive()) {
        found.torch();
      } else {
        found.safetensors();
      }
    } catch (CheckpointException e) {
      throw new BadInput("--checkpoint: " + e.getMessage(), e);
    }
    return found.trained();
  }

  private Trained trained() {
    long elements = 0;
    try {
      for (List<Long> shape : shapes.values()) {
        elements = Math.addExact(elements, Extent.ELEMENT.count(shape));
      }
    } catch (ArithmeticException e) {
      throw Trained.tooMany(file.toString());
    }
    if (elements == 0) {
      throw new BadInput("--checkpoint: %s holds no parameters; give a model's".formatted(file));
    }
    List<String> notes =
        statistics == 0
            ? List.of()
            : List.of(
                "Left out: %d tensors of running statistics, which are not learned."
                    .formatted(statistics));
    return new Trained(file.toString(), List.copyOf(shapes.values()), true, notes);
  }

  /** Whether it begins as a zip file does, which is what torch.save writes. */
  private boolean isArchive() {
    if (!Files.isRegularFile(file)) {
      return false; // said by whoever opens it
    }
    try (InputStream in = Files.newInputStream(file)) {
      return in.read() == 'P' && in.read() == 'K';
    } catch (IOException e) {
      throw new BadInput("--checkpoint: cannot read %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private void torch() {
    PyTorch.tensors(file)
        .forEach((name, tensor) -> {
          boolean floating =
              switch (tensor.type()) {
                case FLOAT32, FLOAT64, FLOAT16, BFLOAT16 -> true;
                case INT64, INT32, INT16, INT8, UINT8, BOOL -> false;
              };
          add(name, tensor.shape(), floating);
        });
  }

  private void safetensors() {
    try (Safetensors opened = Safetensors.open(file)) {
      String kind = opened.metadata().getOrDefault(KIND, "");
      for (Map.Entry<String, TensorEntry> entry : opened.entries().entrySet()) {
        String name = entry.getKey();
        TensorEntry tensor = entry.getValue();
        boolean floating = tensor.type().name().matches("B?F\\d.*");
        switch (kind) {
          case "optimizer" -> state(opened, name, tensor);
          case "run" -> {
            if (name.startsWith(MODEL)) {
              add(name.substring(MODEL.length()), tensor.shape(), floating);
            }
          }
          default -> add(name, tensor.shape(), floating);
        }
      }
      if (kind.equals("optimizer")) {
        checkComplete(opened);
      }
    }
  }

  private void add(String name, List<Long> shape, boolean floating) {
    if (STATISTICS.contains(name.substring(name.lastIndexOf('.') + 1))) {
      statistics++;
    } else if (floating) {
      shapes.put(name, shape);
    }
  }

  /** {@code group/rule/state/parameter}: a state of elements has the shape of its parameter. */
  private void state(Safetensors opened, String name, TensorEntry tensor) {
    String[] parts = name.split("/", 4);
    boolean isScale =
        name.endsWith(SCALE)
            && opened.entries().containsKey(name.substring(0, name.length() - SCALE.length()));
    if (parts.length < 4 || isScale) {
      return;
    }
    String rule = parts[1].replaceFirst("\\d+$", ""); // trace2 is the second trace of a chain
    if (parts[1].equals(MASTER)
        || OF_ELEMENTS.contains(parts[1] + "/" + parts[2])
        || OF_ELEMENTS.contains(rule + "/" + parts[2])) {
      shapes.putIfAbsent(parts[0] + "/" + parts[3], tensor.shape());
    }
  }

  /** The states in the catalogue that have one number an element. */
  private static Set<String> ofElements() {
    Set<String> keys = new HashSet<>();
    for (CatalogueEntry entry : Catalogue.entries()) {
      Formula formula = Formula.of(Explanation.moving(entry.plain()));
      formula.states().stream()
          .filter(state -> state.extent() == Extent.ELEMENT && state.terms() == 0)
          .forEach(state -> keys.add(state.key()));
    }
    return keys;
  }

  /** A parameter of which nothing of its shape is remembered must not be left out silently. */
  private void checkComplete(Safetensors opened) {
    JsonNode fields;
    try {
      fields = new ObjectMapper().readTree(opened.metadata().getOrDefault(STATE, "{}"));
    } catch (JsonProcessingException e) {
      throw new BadInput("--checkpoint: %s is damaged: %s".formatted(file, e.getMessage()), e);
    }
    fields
        .path("updates")
        .fieldNames()
        .forEachRemaining(name -> {
          if (!shapes.containsKey(name)) {
            throw new BadInput(
                "--checkpoint: %s holds an optimizer's state that does not tell the shape of '%s'; give the model's file"
                    .formatted(file, name));
          }
        });
  }
}
