package thalweg.formula;

/** How often a value changes: that of the fastest-changing thing it depends on. */
public enum Stage {
  /** Once an update: hyperparameters and t. */
  STEP,
  /** Once an update, but only known after a reduction over all tensors. */
  MODEL,
  /** Once a tensor: known after a reduction over it. */
  TENSOR,
  /** Once an element. */
  ELEMENT
}
