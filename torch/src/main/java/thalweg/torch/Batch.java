package thalweg.torch;

import org.bytedeco.pytorch.Tensor;

/**
 * The samples of one step. The feed reuses the tensors: use them up before asking for the next
 * batch, and do not close them.
 *
 * @param features {@code [rows, columns]}, float32
 * @param targets classes {@code [rows]} or {@code [rows, length]}, int64, or values {@code [rows,
 *     1]}, float32
 */
public record Batch(Tensor features, Tensor targets, int rows) {}
