package thalweg.checkpoint;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * A model's tensors in a file, under the names they have in the model: what Python reads with
 * {@code safetensors.torch.load_file} and gives to {@code load_state_dict}.
 */
public final class ModelFile {
  static final String PREFIX = "model/";
  private static final String KIND = "model";

  private ModelFile() {}

  /**
   * Writes tensors under their names, aside and then in place of what was there.
   *
   * @throws CheckpointException if that fails; what was there is unchanged then
   */
  public static void save(Path file, Map<String, RawTensor> tensors) {
    Map<String, String> metadata = Fields.of(KIND);
    metadata.put("format", "pt"); // which Python's libraries ask for
    Safetensors.write(file, tensors, metadata);
  }

  /**
   * The tensors of a file: one that {@link #save} wrote, the checkpoint of a run, or anybody's
   * safetensors. They are mapped, see {@link Safetensors}.
   *
   * @throws CheckpointException in one line, if it is no such file, or has been altered
   */
  public static SequencedMap<String, RawTensor> load(Path file) {
    try (Safetensors opened = Safetensors.open(file)) {
      String prefix = "";
      if (Fields.isOfThalweg(opened)) {
        String kind = Fields.check(opened);
        if (kind.equals(RunCheckpoint.KIND)) {
          prefix = PREFIX;
        } else if (!kind.equals(KIND)) {
          throw Fields.another(opened, kind, KIND);
        }
      }
      return tensors(opened, prefix);
    }
  }

  /** Those whose names have a prefix, without it. */
  static SequencedMap<String, RawTensor> tensors(Safetensors file, String prefix) {
    SequencedMap<String, RawTensor> tensors = new LinkedHashMap<>();
    for (String name : file.names()) {
      if (name.startsWith(prefix)) {
        tensors.put(name.substring(prefix.length()), file.raw(name));
      }
    }
    return tensors;
  }
}
