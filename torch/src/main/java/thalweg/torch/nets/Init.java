package thalweg.torch.nets;

/**
 * How the weights of a network start. Every parameter draws from numbers of its own, keyed by seed
 * and parameter name: what other parameters draw, and what ran before in the process, changes
 * nothing.
 *
 * <p>Each may be multiplied with a gain. Of a weight {@code [outputs, inputs, …]}, fan in is inputs
 * · kernel elements, fan out outputs · kernel elements; of a recurrent layer each gate counts as a
 * matrix of its own. Biases start at 0, except with {@link #KAIMING_UNIFORM}. Normalizations start
 * as the identity and embeddings as a normal distribution, whatever is chosen here.
 */
public enum Init {
  /**
   * As PyTorch's layers start: uniform in ±1/√(fan in), the biases too; in recurrent layers
   * ±1/√hidden. He et al. 2015 with a = √5.
   */
  KAIMING_UNIFORM,
  /** Normal with variance 2/(fan in), for relu. He et al. 2015, equation 10. */
  KAIMING_NORMAL,
  /** Uniform in ±√(6/(fan in + fan out)). Glorot and Bengio 2010, equation 16. */
  XAVIER_UNIFORM,
  /** Normal with variance 2/(fan in + fan out). Glorot and Bengio 2010, equation 12. */
  XAVIER_NORMAL,
  /** A matrix with orthonormal rows, or columns where there are fewer. Saxe et al. 2014. */
  ORTHOGONAL,
  /** Normal with standard deviation 1, so give the gain: {@code gain=0.02}. */
  NORMAL,
  /** All 0: units stay alike, the network does not learn. */
  ZEROS
}
