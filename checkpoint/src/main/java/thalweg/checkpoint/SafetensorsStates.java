package thalweg.checkpoint;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import thalweg.optimizer.OptimizerState;
import thalweg.optimizer.StateFormat;

/**
 * Optimizer states as safetensors files: {@code optimizer.state().save(file)} and {@code
 * OptimizerState.load(file)} come here. The tensors of a loaded state are mapped, see {@link
 * Safetensors}.
 */
public final class SafetensorsStates implements StateFormat {
  private static final String KIND = "optimizer";

  public SafetensorsStates() {}

  /**
   * Writes a state.
   *
   * @throws CheckpointException if that fails; what was there is unchanged then
   */
  @Override
  public void save(OptimizerState state, Path file) {
    Map<String, RawTensor> tensors = new LinkedHashMap<>();
    Map<String, String> metadata = Fields.of(KIND);
    StateFields.put(state, "", tensors, metadata);
    Safetensors.write(file, tensors, metadata);
  }

  /**
   * Reads a state that was written whole and has not been altered.
   *
   * @throws CheckpointException in one line, if it is none
   */
  @Override
  public OptimizerState load(Path file) {
    try (Safetensors opened = Safetensors.open(file)) {
      Fields.check(opened, KIND, "optimizer state");
      return StateFields.get(opened, "");
    }
  }
}
