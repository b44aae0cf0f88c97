package thalweg.kernels.vector;

import java.util.List;
import java.util.Optional;
import thalweg.execute.Backend;
import thalweg.execute.Chunk;
import thalweg.execute.Strip;
import thalweg.memory.Buffer;
import thalweg.memory.NumberType;
import thalweg.plan.Pass;

/**
 * Vector instructions: compiles each pass to a class of its own that does the whole pass in one
 * trip over memory.
 *
 * <p>No type of the incubating module appears in this class, so that the service loader can make
 * one where that module is absent and ask it why it cannot run.
 */
public final class VectorBackend implements Backend {
  private static final String MODULE = "jdk.incubator.vector";

  @Override
  public String name() {
    return "vector";
  }

  @Override
  public int preference() {
    return 10;
  }

  @Override
  public Optional<String> unavailable() {
    return ModuleLayer.boot().findModule(MODULE).isPresent()
        ? Optional.empty()
        : Optional.of(
            "JVM module " + MODULE + " is not loaded: start java with --add-modules " + MODULE);
  }

  @Override
  public Chunk bind(Pass pass, List<Buffer> buffers, long from, int count) {
    if (count < 0 || count > Chunk.MAXIMUM) {
      throw new IllegalArgumentException(
          "a chunk has 0 to %d elements, got %d".formatted(Chunk.MAXIMUM, count));
    }
    check(pass, buffers);
    for (int b = 0; b < buffers.size(); b++) {
      if (from < 0 || from + count > buffers.get(b).length()) {
        throw new IllegalArgumentException(
            "elements %d to %d lie outside buffer %d, which is %s"
                .formatted(from, from + count, b, buffers.get(b)));
      }
    }
    return Binding.preferred().bind(pass, buffers, from, count);
  }

  @Override
  public Strip strip(Pass pass, List<Buffer> buffers) {
    check(pass, buffers);
    return Binding.preferred().strip(pass, buffers);
  }

  private void check(Pass pass, List<Buffer> buffers) {
    unavailable()
        .ifPresent(reason -> {
          throw new IllegalStateException("backend 'vector' cannot run here: " + reason);
        });
    if (buffers.size() != pass.buffers()) {
      throw new IllegalArgumentException(
          "a pass over %d buffers was given %d".formatted(pass.buffers(), buffers.size()));
    }
    for (int b = 0; b < buffers.size(); b++) {
      Buffer buffer = buffers.get(b);
      if (buffer.type() == NumberType.FLOAT64) {
        throw new IllegalArgumentException(
            "backend 'vector' computes in float32, buffer %d is %s".formatted(b, buffer));
      }
    }
  }
}
