package thalweg.torch.peers;

import thalweg.optimizer.Parameters;

/**
 * Another library's optimizer over tensors of its own, to compare steps with.
 *
 * <p>Values and gradients are fixed pseudo-random numbers; gradients stay as they are from step to
 * step unless written through {@link #parameters()}.
 */
public sealed interface Peer extends AutoCloseable permits FusedAdamW, LibtorchOptimizer {
  /** What it is, for a table's head. */
  String name();

  /** One update of all tensors. */
  void step();

  /** The tensors it updates, named {@code p0}, {@code p1}, …: to read them, or to set gradients. */
  Parameters parameters();

  /** Frees the tensors and the state; buffers of {@link #parameters()} are dead then. */
  @Override
  void close();
}
