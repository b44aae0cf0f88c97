package thalweg.optimizer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ServiceLoader;

/**
 * How a state is written to a file. Found by {@link ServiceLoader}: the module {@code
 * thalweg.checkpoint} brings safetensors.
 */
public interface StateFormat {
  /** Writes a state aside, then in place of the file: what was there stays whole until then. */
  void save(OptimizerState state, Path file) throws IOException;

  /** Reads a state back. */
  OptimizerState load(Path file) throws IOException;

  /** The one that is there. */
  static StateFormat installed() {
    return ServiceLoader.load(StateFormat.class, StateFormat.class.getClassLoader())
        .findFirst()
        .orElseThrow(() ->
            new IllegalStateException(
                "no file format for states is there; add io.github.thalweg:thalweg-checkpoint"));
  }
}
