package thalweg.lab.data;

/** What happens to numbers before a network sees them. */
public enum Scaling {
  /** Nothing: they are in a common range already, as pixels are. */
  AS_IS,
  /** Each column gets mean 0 and deviation 1 over the training rows. */
  STANDARDIZED
}
