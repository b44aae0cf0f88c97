package thalweg.formula;

/** What a reduction runs over. */
public enum Scope {
  /** The elements of one tensor: one result a tensor. */
  TENSOR,
  /** The elements of all tensors of the group that have a gradient: one result a step. */
  MODEL
}
