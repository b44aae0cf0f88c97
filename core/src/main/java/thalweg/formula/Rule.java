package thalweg.formula;

/**
 * A whole optimizer, named as the field names it: a transformation that ends in a descent. Its
 * hyperparameters have PyTorch's names and defaults.
 */
public interface Rule extends Transformation {}
