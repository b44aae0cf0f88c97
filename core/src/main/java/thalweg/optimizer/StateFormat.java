package thalweg.optimizer;

import java.nio.file.Path;
import java.util.ServiceLoader;

/**
 * How a state is written to a file. Found by {@link ServiceLoader}: the module {@code
 * thalweg.checkpoint} brings safetensors.
 */
public interface StateFormat {
  /**
   * Writes a state aside, then in place of the file: what was there stays whole until then.
   *
   * @throws RuntimeException in one line that says why the file could not be written
   */
  void save(OptimizerState state, Path file);

  /**
   * Reads a state back.
   *
   * @throws RuntimeException in one line that says what is wrong with the file
   */
  OptimizerState load(Path file);

  /** The one that is there. */
  static StateFormat installed() {
    return ServiceLoader.load(StateFormat.class, StateFormat.class.getClassLoader())
        .findFirst()
        .orElseThrow(() ->
            new IllegalStateException(
                "no file format for states is there; add io.github.thalweg:thalweg-checkpoint"));
  }
}
