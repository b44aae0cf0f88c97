package thalweg.lab.compare;

/**
 * Bytes that an optimizer holds, states and working memory together.
 *
 * @param computed by the formula
 * @param held of its memory itself, after training
 */
public record OptimizerMemory(long computed, long held) {}
