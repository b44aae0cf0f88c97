package thalweg.torch.nets;

/** What normalizes the signal between two layers. */
public enum Norm {
  /** Nothing. */
  NONE,
  /** Each unit over the batch. Ioffe and Szegedy 2015. */
  BATCH,
  /** Each sample over its units. Ba, Kiros and Hinton 2016. */
  LAYER
}
